// AssemblyScript: finds which lines of a block are JSON objects beyond doubt; whoever calls it parses the others.
// The first 64 KiB of the memory hold the keys that it knows; the caller writes the block behind them and says where it lies.

const quote: u32 = 0x22;
const backslash: u32 = 0x5c;
const lineFeed: u32 = 0x0a;
const openObject: u32 = 0x7b;
const closeObject: u32 = 0x7d;
const openList: u32 = 0x5b;
const closeList: u32 = 0x5d;
// One bit for each level that is open.
const deepest: i32 = 64;
// With how many known keys a key is compared before it counts as unknown.
const patience: i32 = 64;

// Known keys, as they stand between their quotes: pairs of u32, address and length, and from `keyText` on their bytes.
const keyTable: usize = 16;
const mostKeys: i32 = 2048;
const keyText: usize = 16 + 2048 * 8;
const keyEnd: usize = 65536;

let keyCount: i32 = 0;
let keyFree: usize = keyText;
let expected: i32 = 0;
let learning = false;
let lineCount: i32 = 0;
let rowCount: i32 = 0;

/** Makes the keys of a line known; whatever is in doubt in it, its keys up to there are. The line ends as those of {@link scan} do. */
export function learn(start: usize, end: usize): void {
  learning = true;
  scan(start, end);
  learning = false;
}

/** Lines that the last {@link scan} passed. */
export function lines(): i32 {
  return lineCount;
}

/** Those of them that are not blank. */
export function rows(): i32 {
  return rowCount;
}

/**
 * Passes lines that are an object with known keys, or blank. Each line ends with a line feed, the last one at `end - 1`.
 * Bytes have to be UTF-8, and 16 bytes beyond `end` readable. Returns `end`, or the start of the first line in doubt.
 */
export function scan(start: usize, end: usize): usize {
  lineCount = 0;
  rowCount = 0;
  let line = start;
  while (line < end) {
    let at = skipBlanks(line);
    const isRow = load<u8>(at) === openObject;
    if (isRow) at = skipObject(at);
    if (at === 0) return line;
    at = skipBlanks(at);
    if (load<u8>(at) !== lineFeed) return line;
    rowCount += i32(isRow);
    lineCount += 1;
    line = at + 1;
  }
  return end;
}

/** From the brace to behind the brace that closes it; 0 when in doubt. */
function skipObject(start: usize): usize {
  let at = start + 1;
  let depth: i32 = 1;
  // The lowest bit is the innermost level: 1 an object, 0 a list.
  let levels: u64 = 1;
  let first = true;
  expected = 0;
  while (true) {
    at = skipBlanks(at);
    let byte: u32 = load<u8>(at);
    const inObject = (levels & 1) !== 0;
    let closed = first && byte === (inObject ? closeObject : closeList);
    if (!closed) {
      if (inObject) {
        if (byte !== quote) return 0;
        const end = skipString(at + 1);
        if (end === 0) return 0;
        if (depth === 1 && !isKnown(at + 1, end - at - 2)) return 0;
        at = skipBlanks(end);
        if (load<u8>(at) !== 0x3a) return 0;
        at = skipBlanks(at + 1);
        byte = load<u8>(at);
      }
      if (byte === openObject || byte === openList) {
        if (depth === deepest) return 0;
        depth += 1;
        levels = (levels << 1) | u64(byte === openObject);
        first = true;
        at += 1;
        continue;
      }
      at = byte === quote ? skipString(at + 1) : skipScalar(at, byte);
      if (at === 0) return 0;
    }
    while (true) {
      if (!closed) {
        at = skipBlanks(at);
        byte = load<u8>(at);
        if (byte === 0x2c) {
          at += 1;
          first = false;
          break;
        }
        if (byte !== ((levels & 1) !== 0 ? closeObject : closeList)) return 0;
      }
      closed = false;
      at += 1;
      levels >>= 1;
      depth -= 1;
      if (depth === 0) return at;
    }
  }
}

/** From behind the opening quote to behind the closing one; 0 when in doubt. */
function skipString(start: usize): usize {
  let at = start;
  const quotes = i8x16.splat(0x22);
  const backslashes = i8x16.splat(0x5c);
  const controls = i8x16.splat(0x20);
  while (true) {
    const bytes = v128.load(at);
    const found = i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, backslashes)), i8x16.lt_u(bytes, controls)),
    );
    if (found === 0) {
      at += 16;
      continue;
    }
    at += usize(ctz(found));
    const byte: u32 = load<u8>(at);
    if (byte === quote) return at + 1;
    if (byte !== backslash) return 0;
    const escaped: u32 = load<u8>(at, 1);
    if (escaped === 0x75) {
      for (let digit: usize = 2; digit < 6; digit += 1) if (!isHex(load<u8>(at + digit))) return 0;
      at += 6;
    } else {
      if (!isEscape(escaped)) return 0;
      at += 2;
    }
  }
}

/** A number, true, false or null; 0 when in doubt. */
function skipScalar(start: usize, byte: u32): usize {
  if (byte === 0x74) return load<u32>(start) === 0x65757274 ? start + 4 : 0;
  if (byte === 0x6e) return load<u32>(start) === 0x6c6c756e ? start + 4 : 0;
  if (byte === 0x66) return load<u32>(start, 1) === 0x65736c61 ? start + 5 : 0;
  let at = start;
  if (byte === 0x2d) at += 1;
  if (load<u8>(at) === 0x30) at += 1;
  else at = skipDigits(at);
  if (at !== 0 && load<u8>(at) === 0x2e) at = skipDigits(at + 1);
  if (at !== 0 && (load<u8>(at) | 0x20) === 0x65) {
    const sign: u32 = load<u8>(at, 1);
    at = skipDigits(at + (sign === 0x2b || sign === 0x2d ? 2 : 1));
  }
  return at;
}

/** At least one digit; 0 when there is none. */
function skipDigits(start: usize): usize {
  let at = start;
  while (u32(load<u8>(at)) - 0x30 < 10) at += 1;
  return at === start ? 0 : at;
}

/** Spaces, tabs and carriage returns: the line feed ends the record. */
function skipBlanks(start: usize): usize {
  let at = start;
  while (true) {
    const byte: u32 = load<u8>(at);
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return at;
    at += 1;
  }
}

/** One of `"\/bfnrt`. */
function isEscape(byte: u32): bool {
  return (
    byte === quote ||
    byte === backslash ||
    byte === 0x2f ||
    byte === 0x62 ||
    byte === 0x66 ||
    byte === 0x6e ||
    byte === 0x72 ||
    byte === 0x74
  );
}

function isHex(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 6;
}

/** Keys mostly come in the order in which they were first seen: the search begins behind the last one that was found. */
function isKnown(key: usize, length: usize): bool {
  const tries = min(keyCount, patience);
  for (let n: i32 = 0; n < tries; n += 1) {
    if (expected >= keyCount) expected = 0;
    const entry = keyTable + usize(expected) * 8;
    expected += 1;
    if (load<u32>(entry, 4) === u32(length) && memory.compare(load<u32>(entry), key, length) === 0)
      return true;
  }
  if (!learning || keyCount === mostKeys || length > keyEnd - keyFree) return false;
  memory.copy(keyFree, key, length);
  store<u32>(keyTable + usize(keyCount) * 8, u32(keyFree));
  store<u32>(keyTable + usize(keyCount) * 8, u32(length), 4);
  keyCount += 1;
  keyFree += length;
  expected = keyCount;
  return true;
}

// Python's `strftime` in the C locale, for the fields that chat templates use.

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const fields: Readonly<Record<string, (date: Date) => string>> = {
  Y: (date) => String(date.getFullYear()),
  y: (date) => padded(date.getFullYear() % 100),
  m: (date) => padded(date.getMonth() + 1),
  d: (date) => padded(date.getDate()),
  H: (date) => padded(date.getHours()),
  I: (date) => padded(date.getHours() % 12 || 12),
  M: (date) => padded(date.getMinutes()),
  S: (date) => padded(date.getSeconds()),
  p: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  B: (date) => months[date.getMonth()] ?? '',
  b: (date) => (months[date.getMonth()] ?? '').slice(0, 3),
  A: (date) => days[date.getDay()] ?? '',
  a: (date) => (days[date.getDay()] ?? '').slice(0, 3),
  '%': () => '%',
};

/** The local time as the format says; fields that are not known stay as they are. */
export function strftime(date: Date, format: string): string {
  return format.replace(/%(-?)(.)/g, (whole, bare: string, field: string) => {
    const text = fields[field]?.(date) ?? whole;
    return bare ? text.replace(/^0(?=\d)/, '') : text;
  });
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}

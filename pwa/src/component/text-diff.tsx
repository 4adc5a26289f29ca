// Two texts as one, with what went and what came marked word by word.
import { diffWords } from 'diff';

/** Longest text that is compared; the algorithm takes the square of the differences. */
const longest = 20_000;

/** What must be removed from `from` and added to it to get `to`. */
export const TextDiff = (props: { from: string; to: string }) => (
  <pre class="diff">
    {diffWords(props.from.slice(0, longest), props.to.slice(0, longest)).map((part, index) => {
      if (part.added) return <ins key={index}>{part.value}</ins>;
      if (part.removed) return <del key={index}>{part.value}</del>;
      return <span key={index}>{part.value}</span>;
    })}
  </pre>
);

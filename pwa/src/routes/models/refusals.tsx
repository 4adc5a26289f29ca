// What was refused and belongs to no field of the form.
import { otherIssues, type RegisterIssue } from './issue.ts';

/** `fields` are the paths whose faults stand beside a field. */
export const Refusals = (props: { issues: readonly RegisterIssue[]; fields: readonly string[] }) => (
  <>
    {otherIssues(props.issues, props.fields).map((issue) => (
      <p key={issue.message} class="notice bad" role="alert">
        {issue.message}
      </p>
    ))}
  </>
);

// Faults of the suite beside the fields that they belong to.
import { Icon } from '../../component/icon.tsx';
import { type Issue, type IssuePlace, issuesAt } from './issue-place.ts';

/** The faults of one group of fields. */
export const IssueList = (props: { issues: readonly Issue[]; place: IssuePlace }) => (
  <>
    {issuesAt(props.issues, props.place).map((issue) => (
      <p key={`${issue.path} ${issue.message}`} class="notice bad" role="alert">
        <Icon name="failed" />
        <span>
          {issue.path !== '' && <code>{issue.path}</code>} {issue.message}
        </span>
      </p>
    ))}
  </>
);

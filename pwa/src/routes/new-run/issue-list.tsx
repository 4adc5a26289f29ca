// Faults of the suite beside the fields that they belong to.
import { Icon } from '../../component/icon.tsx';
import { type Issue, type IssuePlace, issuesAt, issueWords } from './issue-place.ts';
import type { NewRunText } from './texts.ts';

/** The faults of one group of fields. */
export const IssueList = (props: { issues: readonly Issue[]; place: IssuePlace; text: NewRunText }) => (
  <>
    {issuesAt(props.issues, props.place).map((issue) => (
      <p key={`${issue.path} ${issue.message}`} class="notice bad" role="alert">
        <Icon name="failed" />
        <span>
          {issue.path !== '' && <code>{issue.path}</code>} {issueWords(issue).words}
          {issueWords(issue).line !== undefined && (
            <span class="soft small"> {props.text('line', { n: issueWords(issue).line ?? '' })}</span>
          )}
        </span>
      </p>
    ))}
  </>
);

// The schema: every type and field, by importing the file that declares it.
import { builder } from '../builder.ts';
import './account.ts';
import './activity.ts';
import './api-token.ts';
import './audit-event.ts';
import './catalog.ts';
import './comparison.ts';
import './configuration-check.ts';
import './create-run.ts';
import './dataset.ts';
import './delete-configuration.ts';
import './error.ts';
import './estimate.ts';
import './job.ts';
import './label-prompt.ts';
import './model.ts';
import './model-change.ts';
import './node.ts';
import './playground.ts';
import './prompt.ts';
import './run-control.ts';
import './run-event.ts';
import './run-list.ts';
import './sample.ts';
import './sample-list.ts';
import './session.ts';
import './save-prompt.ts';
import './save-suite.ts';
import './save-task.ts';
import './suite.ts';
import './task.ts';
import './user.ts';
import './viewer.ts';
import './worker.ts';

/** What `/graphql` answers; its SDL is `api/schema.graphql`. */
export const schema = builder.toSchema({ sortSchema: true });

import { notFound } from '../common/errors.ts';
import { type Context, callerOf } from '../handler.ts';
import { type EnvironmentRow, findEnvironment, findProject } from './store/environments.ts';

/** The environment that a path names, if it is one that the caller reaches. */
export async function environmentOf(
  context: Context,
  { projectKey, environmentKey }: { projectKey: string; environmentKey: string },
): Promise<EnvironmentRow> {
  const caller = callerOf(context);
  const environment = await findEnvironment(context.db, caller, projectKey, environmentKey);
  if (environment) {
    context.noteEnvironment(environment.id);
    return environment;
  }
  const project = await findProject(context.db, caller, projectKey);
  throw project ? notFound('Environment', environmentKey) : notFound('Project', projectKey);
}

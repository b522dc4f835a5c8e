import { orNotFound } from '../common/errors.ts';
import { type Context, callerOf } from '../handler.ts';
import { findApplicationImport } from './store/application-imports.ts';

/** Finds an import with its application in the caller's environment. Throws 404. */
export const findImportOrThrow = async (context: Context, id: string) =>
  orNotFound(await findApplicationImport(context.db, callerOf(context).environmentId, id), 'Application Import', id, 'application-imports');

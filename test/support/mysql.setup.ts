import type { TestProject } from 'vitest/node';
import { createTemplate, runOnServer } from './migrated-database.ts';
import { startMySql } from './mysql.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startMySql();
  const template = await createTemplate(url);
  project.provide('mySqlUrl', url);
  project.provide('mySqlTemplate', template);
  return async () => {
    await runOnServer(url, `DROP DATABASE ${template.name}`);
    await stop();
  };
}

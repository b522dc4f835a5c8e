import type { TestProject } from 'vitest/node';
import { startMySql } from './mysql.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startMySql();
  project.provide('mySqlUrl', url);
  return stop;
}

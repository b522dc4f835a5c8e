import type { GetLogData, GetLogResponses, ListLogsData, ListLogsResponses } from '../../generated/types.gen.ts';
import type { Handler } from '../operation.ts';

export const listLogs: Handler<ListLogsData, ListLogsResponses> = async () => {
  throw new Error('being built');
};
export const getLog: Handler<GetLogData, GetLogResponses> = async () => {
  throw new Error('being built');
};

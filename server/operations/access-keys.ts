import type {
  CreateAccessKeyData,
  CreateAccessKeyResponses,
  CreateAccessTokenData,
  CreateAccessTokenResponses,
  DeleteAccessKeyData,
  DeleteAccessKeyResponses,
  GetAccessKeyData,
  GetAccessKeyResponses,
  ListAccessKeysData,
  ListAccessKeysResponses,
  RefreshAccessTokenData,
  RefreshAccessTokenResponses,
  UpdateAccessKeyData,
  UpdateAccessKeyResponses,
} from '../../generated/types.gen.ts';
import type { Handler } from '../operation.ts';

export const listAccessKeys: Handler<ListAccessKeysData, ListAccessKeysResponses> = async () => {
  throw new Error('being built');
};
export const createAccessKey: Handler<CreateAccessKeyData, CreateAccessKeyResponses> = async () => {
  throw new Error('being built');
};
export const getAccessKey: Handler<GetAccessKeyData, GetAccessKeyResponses> = async () => {
  throw new Error('being built');
};
export const updateAccessKey: Handler<UpdateAccessKeyData, UpdateAccessKeyResponses> = async () => {
  throw new Error('being built');
};
export const deleteAccessKey: Handler<DeleteAccessKeyData, DeleteAccessKeyResponses> = async () => {
  throw new Error('being built');
};
export const createAccessToken: Handler<CreateAccessTokenData, CreateAccessTokenResponses> = async () => {
  throw new Error('being built');
};
export const refreshAccessToken: Handler<RefreshAccessTokenData, RefreshAccessTokenResponses> = async () => {
  throw new Error('being built');
};

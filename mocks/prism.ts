import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpConfig,
  type IHttpRequest,
  type ProblemJsonError,
} from '@stoplight/prism-http';
import type { FieldError } from '../generated/types.gen.ts';
import { type Answer, invalid, Refusal } from './answers.ts';
import type { Operation } from './contract.ts';
import type { Preferences } from './prefer.ts';

export interface PrismRequest {
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
}
export type AskPrism = (operation: Operation, request: PrismRequest, preferences: Preferences) => Promise<Answer>;

interface Violation {
  path?: (string | number)[] | undefined;
  code?: string | number | undefined;
  message: string;
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** `['body', 'identity', 'name']`, "Request body property identity.name must …" becomes `identity.name`, "Must …". */
function toFieldError({ path = [], code, message }: Violation): FieldError {
  const [place = 'body', ...segments] = path.map(String);
  const about = message.replace(/^Request \S+ /, '').replace(/^(property|parameter) /, '');
  const named = `${segments.join('.')} `;
  const words = about.startsWith(named) ? about.slice(named.length) : about;
  const missing = /must have required property '(.*)'$/.exec(words)?.[1];
  const surplus = /must NOT have additional properties; found '(.*)'$/.exec(words)?.[1];
  const field = [...segments, ...(missing === undefined ? [] : [missing]), ...(surplus === undefined ? [] : [surplus])].join('.') || place;
  const isAbsent = missing !== undefined || code === 'required';
  return {
    field: field.slice(0, 1000),
    message: (isAbsent ? 'Is required' : surplus === undefined ? capitalised(words) : 'Is not a known field').slice(0, 2000),
  };
}

/** Prism writes names of headers in small letters; the contract's are given back. */
function toFieldErrors(violations: Violation[], { headerNames }: Operation): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const violation of violations) {
    const error = toFieldError(violation);
    const name = violation.path?.[0] === 'header' ? headerNames.find((one) => one.toLowerCase() === error.field) : undefined;
    const field = name ?? error.field;
    if (!found.has(field)) found.set(field, { ...error, field });
  }
  return [...found.values()];
}

/** Prism's own errors, which are not in the contract's format, in that format. */
function toRefusal(error: Error | ProblemJsonError, operation: Operation): Refusal {
  const { detail, additional } = error as Partial<ProblemJsonError>;
  const violations = additional?.validation as (Omit<Violation, 'path'> & { location?: string[] })[] | undefined;
  if (violations)
    return invalid(
      ...toFieldErrors(
        violations.map(({ location, ...rest }) => ({ ...rest, path: location })),
        operation,
      ),
    );
  return new Refusal(500, 'server_error', `Prism could not answer: ${detail ?? error.message}`);
}

const silent = () => {};
const log = { info: silent, warn: silent, error: silent, debug: silent, trace: silent, success: silent, child: () => log };

/** Prism as a library: no server of its own, and given nothing that it could hang on. Who may call is seen to before. */
export async function createPrism(contract: object): Promise<AskPrism> {
  const resources = new Map((await getHttpOperationsFromSpec(contract)).map((resource) => [resource.iid, resource]));
  const configFor = ({ code, example, dynamic, seed }: Omit<Preferences, 'accept'>): IHttpConfig => ({
    isProxy: false,
    checkSecurity: false,
    validateRequest: true,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
    mock: {
      dynamic,
      ignoreExamples: dynamic,
      ...(code !== undefined && { code }),
      ...(example !== undefined && { exampleKey: example }),
      ...(seed !== undefined && { seed }),
    },
  });
  const prism = createInstance(configFor({ code: undefined, example: undefined, dynamic: false, seed: undefined }), {
    logger: log as never,
  });

  return async (operation, { path, query, headers, body }, preferences) => {
    const resource = resources.get(operation.operationId);
    if (!resource) throw new Error(`Prism does not know ${operation.operationId}`);
    const method = operation.method as IHttpRequest['method'];
    const result = await prism.request({ method, url: { path, query }, headers, body }, [resource], configFor(preferences))();
    if (result._tag === 'Left') throw toRefusal(result.left, operation);
    const { output, validations } = result.right;
    // Prism would take 422 for these where the contract has it; the server's 422 means something else.
    if (validations.input.length > 0) throw invalid(...toFieldErrors(validations.input, operation));
    const contents = operation.responses[output.statusCode]?.contents ?? [];
    const { mediaType } = contents.find((one) => one.mediaType === headers.accept) ?? contents[0] ?? {};
    return { status: output.statusCode, mediaType, body: output.body };
  };
}

import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpConfig,
  type IHttpRequest,
  type ProblemJsonError,
} from '@stoplight/prism-http';
import type { FieldError } from '../generated/types.gen.ts';
import type { Operation } from './contract.ts';
import type { Preferences } from './prefer.ts';
import { invalid, type MockResponse, Refusal } from './responses.ts';

interface PrismRequest {
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
}
/** Requests a response from Prism. Rejects with a refusal if Prism does not accept the request. */
export type RequestPrism = (operation: Operation, request: PrismRequest, preferences: Preferences) => Promise<MockResponse>;

interface Violation {
  path?: (string | number)[] | undefined;
  code?: string | number | undefined;
  message: string;
}

/** Returns Prism's text as a message. Does not show a regular expression, because the contract describes the form in words. */
const messageOf = (prismText: string) =>
  prismText.startsWith('must match pattern')
    ? 'Must have the form that openapi.yaml describes'
    : prismText.charAt(0).toUpperCase() + prismText.slice(1);

/** Converts `['body', 'identity', 'name']` and "Request body property identity.name must …" to `identity.name` and "Must …". */
function toFieldError({ path = [], code, message }: Violation): FieldError {
  const [location = 'body', ...segments] = path.map(String);
  const withoutPrefix = message.replace(/^Request \S+ /, '').replace(/^(property|parameter) /, '');
  const fieldPrefix = `${segments.join('.')} `;
  const text = withoutPrefix.startsWith(fieldPrefix) ? withoutPrefix.slice(fieldPrefix.length) : withoutPrefix;
  const missingName = /must have required property '(.*)'$/.exec(text)?.[1];
  const unknownName = /must NOT have additional properties; found '(.*)'$/.exec(text)?.[1];
  const field =
    [...segments, ...(missingName === undefined ? [] : [missingName]), ...(unknownName === undefined ? [] : [unknownName])].join('.') ||
    location;
  const isAbsent = missingName !== undefined || code === 'required';
  return {
    field: field.slice(0, 1000),
    message: (isAbsent ? 'Is required' : unknownName === undefined ? messageOf(text) : 'Is not a known field').slice(0, 2000),
  };
}

/** Converts violations to field errors, with header names in the spelling of the contract instead of Prism's lower case. */
function toFieldErrors(violations: Violation[], { headerNames }: Operation): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const violation of violations) {
    const error = toFieldError(violation);
    const name = violation.path?.[0] === 'header' ? headerNames.find((headerName) => headerName.toLowerCase() === error.field) : undefined;
    const field = name ?? error.field;
    if (!found.has(field)) found.set(field, { ...error, field });
  }
  return [...found.values()];
}

/** Converts an error of Prism to the error format of the contract. */
function prismRefusal(error: Error | ProblemJsonError, operation: Operation): Refusal {
  const { detail, additional } = error as Partial<ProblemJsonError>;
  const violations = additional?.validation as (Omit<Violation, 'path'> & { location?: string[] })[] | undefined;
  if (violations)
    return invalid(
      toFieldErrors(
        violations.map(({ location, ...rest }) => ({ ...rest, path: location })),
        operation,
      ),
    );
  return new Refusal(500, 'server_error', `Prism failed: ${detail ?? error.message}`);
}

const silent = () => {};
const log = { info: silent, warn: silent, error: silent, debug: silent, trace: silent, success: silent, child: () => log };

/** Creates Prism as a library, without its server. The request handler checks tokens and bodies first, because Prism never responds to malformed JSON. */
export async function createPrism(contract: object): Promise<RequestPrism> {
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
    if (result._tag === 'Left') throw prismRefusal(result.left, operation);
    const { output, validations } = result.right;
    // Prism would respond with 422 if the operation declares it. The server's 422 has another meaning.
    if (validations.input.length > 0) throw invalid(toFieldErrors(validations.input, operation));
    const contents = operation.responses[output.statusCode]?.contents ?? [];
    const { mediaType } = contents.find((content) => content.mediaType === headers.accept) ?? contents[0] ?? {};
    return { status: output.statusCode, mediaType, body: output.body };
  };
}

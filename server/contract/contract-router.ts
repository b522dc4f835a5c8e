// Imports parts of the library: the whole library also loads mocks and a contract parser, which adds half of the start time.
import { OpenAPIRouter, type Operation, type Request } from 'openapi-backend/router.js';
import type { OpenAPIV3_1 } from 'openapi-types';

type Document = OpenAPIV3_1.Document;
export type ContractOperation = Operation<Document>;

/** A node of the path tree. Literal segments are tried before parameters: `/tokens/current` before `/tokens/{id}`. */
interface Node {
  literals: Map<string, Node>;
  parameter: Node | undefined;
  operations: Map<string, ContractOperation>;
  /** Parameters of the path that ends here, with their segment numbers. */
  parameters: [name: string, segment: number][];
}
const newNode = (): Node => ({ literals: new Map(), parameter: undefined, operations: new Map(), parameters: [] });

export interface Match {
  /** The operations of the path, by method in lower case. */
  operations: Map<string, ContractOperation>;
  params: Record<string, string>;
}

const isParameter = (segment: string) => segment.startsWith('{');

/**
 * The library's router with a prepared path tree. The library flattens all operations and compiles a regular expression per path on every request,
 * so its cost grows with the contract; here it grows with the number of segments of the path.
 */
export class ContractRouter extends OpenAPIRouter<Document> {
  readonly #operations: ContractOperation[];
  readonly #byId: Map<string, ContractOperation>;
  readonly #root = newNode();

  constructor(definition: Document) {
    super({ definition });
    this.#operations = super.getOperations();
    this.#byId = new Map(this.#operations.map((operation) => [operation.operationId as string, operation]));
    for (const operation of this.#operations) {
      let node = this.#root;
      const segments = operation.path.split('/');
      for (const segment of segments.slice(1)) {
        if (isParameter(segment)) {
          node.parameter ??= newNode();
          node = node.parameter;
        } else {
          if (!node.literals.has(segment)) node.literals.set(segment, newNode());
          node = node.literals.get(segment) as Node;
        }
      }
      node.operations.set(operation.method, operation);
      node.parameters = segments.flatMap((name, index) => (isParameter(name) ? [[name.slice(1, -1), index]] : []));
    }
  }

  override getOperations(): ContractOperation[] {
    return this.#operations;
  }

  override getOperation(operationId: string): ContractOperation | undefined {
    return this.#byId.get(operationId);
  }

  /** Finds the operations of a path and decodes its parameters. Throws `URIError` for a path that cannot be decoded. */
  matchPath(path: string): Match | undefined {
    const segments = path.split('/');
    const found = this.#find(this.#root, segments, 1);
    if (!found) return undefined;
    const params: Record<string, string> = {};
    for (const [name, index] of found.parameters) params[name] = decodeURIComponent(segments[index] as string);
    return { operations: found.operations, params };
  }

  #find(node: Node, segments: string[], depth: number): Node | undefined {
    const segment = segments[depth];
    if (segment === undefined) return node.operations.size > 0 ? node : undefined;
    const literal = node.literals.get(segment);
    const found = literal && this.#find(literal, segments, depth + 1);
    if (found) return found;
    return node.parameter && segment !== '' ? this.#find(node.parameter, segments, depth + 1) : undefined;
  }

  override matchOperation(request: Request): ContractOperation;
  override matchOperation(request: Request, strict?: boolean): ContractOperation | undefined {
    const operation = this.matchPath(request.path.split('?')[0] as string)?.operations.get(request.method.toLowerCase());
    if (!operation && strict) throw new Error('404-notFound: no route matches request');
    return operation;
  }
}

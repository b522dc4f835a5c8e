type Tree = Record<string, unknown>;

/** Replaces every local `$ref` with its target. Members beside a `$ref` override those of the target. */
export function dereference(document: Tree): Tree {
  const done = new Map<object, unknown>();
  const underway = new Set<string>();
  const target = (pointer: string): unknown =>
    pointer
      .slice(2)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((node, step) => (node as Tree | undefined)?.[step], document);
  const resolve = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    if (done.has(node)) return done.get(node);
    let result: unknown;
    const { $ref, ...beside } = node as { $ref?: unknown };
    if (Array.isArray(node)) result = node.map(resolve);
    else if (typeof $ref !== 'string') result = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, resolve(value)]));
    else {
      if (!$ref.startsWith('#/') || target($ref) === undefined) throw new Error(`The contract has no ${$ref}`);
      if (underway.has($ref)) throw new Error(`${$ref} contains itself; the kit can't generate from that`);
      underway.add($ref);
      result =
        Object.keys(beside).length > 0 ? { ...(resolve(target($ref)) as Tree), ...(resolve(beside) as Tree) } : resolve(target($ref));
      underway.delete($ref);
    }
    done.set(node, result);
    return result;
  };
  return resolve(document) as Tree;
}

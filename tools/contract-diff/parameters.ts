import { compareContent } from './bodies.ts';
import { additive, asArray, breaking, canonical, type Difference, type Json } from './findings.ts';
import { compareNeeds } from './rights.ts';
import { compareSchemas } from './schemas.ts';

type Parameter = Json & { in: string; name: string };

/** Identifies a parameter by location and name. Path parameters are identified by position. Header names have no case. */
export function parametersOf(path: string, item: Json, operation: Json): Map<string, Parameter> {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const key = ({ in: location, name }: Parameter) =>
    `${location} ${location === 'path' ? names.indexOf(name) : location === 'header' ? name.toLowerCase() : name}`;
  return new Map(
    ([...asArray(item.parameters), ...asArray(operation.parameters)] as Parameter[]).map((parameter) => [key(parameter), parameter]),
  );
}

/** Compares parameters. The keys identify them, as `parametersOf` returns them. */
export function compareParameters(old: Map<string, Parameter>, current: Map<string, Parameter>): Difference[] {
  const differences: Difference[] = [];
  for (const [key, parameter] of old) {
    const at = `${parameter.in} ${parameter.name}`;
    const after = current.get(key);
    if (!after) {
      const moved = [...current].find(([other, { name }]) => name === parameter.name && !old.has(other));
      const what = moved ? `parameter has moved to ${moved[1].in}` : 'parameter is gone';
      differences.push(breaking(at, what, 'callers that send it here are refused'));
      continue;
    }
    if (parameter.in === 'path' && after.name !== parameter.name)
      differences.push(breaking(at, `parameter is called ${after.name} now`, 'callers of the typed client use its name'));
    if (after.required && !parameter.required)
      differences.push(breaking(at, 'parameter is required now', 'callers that leave it out are refused'));
    if (!after.required && parameter.required) differences.push(additive(at, 'parameter is optional now'));
    for (const keyword of ['style', 'explode', 'allowReserved'])
      if (canonical(parameter[keyword] ?? null) !== canonical(after[keyword] ?? null))
        differences.push(breaking(at, `${keyword} has changed`, 'callers send it in the old way'));
    differences.push(...compareNeeds(parameter, after, at), ...compareSchemas(parameter.schema, after.schema, 'request', at));
    if (parameter.content || after.content) differences.push(...compareContent(parameter.content, after.content, 'request', at));
  }
  for (const [key, parameter] of current) {
    if (old.has(key)) continue;
    const at = `${parameter.in} ${parameter.name}`;
    if (parameter.required) differences.push(breaking(at, 'required parameter is new', 'callers that do not send it are refused'));
    else differences.push(additive(at, 'parameter is new'));
  }
  return differences;
}

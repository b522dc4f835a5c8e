/** How much of an organization a credential covers: all of it, one project, or one environment. Null means no restriction at that level. */
export interface Scope {
  organizationId: string;
  projectId: string | null;
  scopeEnvironmentId: string | null;
}

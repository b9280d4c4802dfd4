/** Something about a rendered environment that a reader should know. Errors fail a command, the others do not. */
export interface Finding {
  readonly severity: "error" | "warning" | "notice";
  /** Which check speaks: `schema`, `pod-security`, `ignored-value`, `crds`. */
  readonly check: string;
  /** `<namespace>/<release>`, or `platform`. */
  readonly source: string;
  /** The object, as `objectIdentity` names it; undefined if it is about the release itself. */
  readonly object?: string;
  /** The field or value, for example `spec.template.spec.containers[0].image`. */
  readonly path?: string;
  /** What is wrong, in one sentence without a full stop. Never a value that may be a secret. */
  readonly message: string;
  /** What to do. */
  readonly fix?: string;
}

import { isSet, type Part, type Pod, part, pathTo, securityContexts, values } from "./pod";
import type { Violation } from "./rule";

export function privileged({ containers }: Pod): Violation[] {
  return containers
    .map((container) => part(container, "securityContext"))
    .filter(({ fields }) => fields.privileged === true)
    .map((context) => ({ path: pathTo(context, "privileged"), rule: "must not be true", fix: "remove it" }));
}

const DEFAULT_CAPABILITIES = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];

export function defaultCapabilities({ containers }: Pod): Violation[] {
  return containers.flatMap((container) => addedBeyond(container, DEFAULT_CAPABILITIES));
}

export function droppedCapabilities({ containers }: Pod): Violation[] {
  return containers.flatMap((container) => {
    const capabilities = capabilitiesOf(container);
    const dropsAll = values(capabilities, "drop").some(([, value]) => value === "ALL");
    const missing = { path: pathTo(capabilities, "drop"), rule: "must hold ALL", fix: 'set it to ["ALL"]' };
    return [...(dropsAll ? [] : [missing]), ...addedBeyond(container, ["NET_BIND_SERVICE"])];
  });
}

function addedBeyond(container: Part, allowed: readonly string[]): Violation[] {
  return values(capabilitiesOf(container), "add")
    .filter(([, value]) => !allowed.includes(String(value)))
    .map(([path]) => ({ path, rule: `must be one of ${allowed.join(", ")}`, fix: "remove it" }));
}

function capabilitiesOf(container: Part): Part {
  return part(part(container, "securityContext"), "capabilities");
}

const APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

export function appArmor(pod: Pod): Violation[] {
  const { annotations } = pod;
  const old = Object.entries(annotations.fields)
    .filter(([key, value]) => key.startsWith(APPARMOR_ANNOTATION) && !isProfileAnnotation(String(value ?? "")))
    .map(([key]) => ({
      path: pathTo(annotations, key),
      rule: "must be runtime/default or localhost/<profile>",
      fix: "remove it",
    }));
  const profiles = securityContexts(pod).filter(({ fields }) => isSet(fields.appArmorProfile));
  return [...profiles.flatMap((context) => profileType(part(context, "appArmorProfile"))), ...old];
}

function isProfileAnnotation(value: string): boolean {
  return value === "" || value === "runtime/default" || value.startsWith("localhost/");
}

/** A seccomp or AppArmor profile that is set must not switch the protection off. */
export function profileType(profile: Part): Violation[] {
  if (["RuntimeDefault", "Localhost"].includes(String(profile.fields.type))) return [];
  const path = pathTo(profile, "type");
  return [{ path, rule: "must be RuntimeDefault or Localhost", fix: "set it to RuntimeDefault" }];
}

const SELINUX_TYPES = ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

export function seLinux(pod: Pod): Violation[] {
  return securityContexts(pod).flatMap((context) => {
    const options = part(context, "seLinuxOptions");
    const { type } = options.fields;
    const foreign = isSet(type) && type !== "" && !SELINUX_TYPES.includes(String(type));
    const rule = `must be one of ${SELINUX_TYPES.join(", ")}`;
    return [
      ...(foreign ? [{ path: pathTo(options, "type"), rule, fix: "remove it" }] : []),
      ...["user", "role"]
        .filter((field) => isSet(options.fields[field]) && options.fields[field] !== "")
        .map((field) => ({ path: pathTo(options, field), rule: "must not be set", fix: "remove it" })),
    ];
  });
}

export function procMount({ containers }: Pod): Violation[] {
  return containers
    .map((container) => part(container, "securityContext"))
    .filter(({ fields }) => isSet(fields.procMount) && fields.procMount !== "Default")
    .map((context) => ({ path: pathTo(context, "procMount"), rule: "must be Default", fix: "remove it" }));
}

/** A profile may be left out. */
export function seccompIfSet(pod: Pod): Violation[] {
  return securityContexts(pod)
    .filter(({ fields }) => isSet(fields.seccompProfile))
    .flatMap((context) => profileType(part(context, "seccompProfile")));
}

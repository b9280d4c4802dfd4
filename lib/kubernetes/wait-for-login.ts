import type { LocalExecProvisioner } from "cdktf";

export interface WaitForLoginProps {
  readonly endpoint: string;
  /** Base64. */
  readonly certificateAuthorityData: string;
  /** Arguments of `aws` that print the credential. */
  readonly tokenArguments: readonly string[];
  readonly timeoutSeconds: number;
}

/**
 * Asks for `kube-system` until the API server answers a login with 200, then ends; ends with an error when the time is over. The token
 * goes to curl by a file that only the caller can read, never into the list of processes or the log.
 */
const SCRIPT = `set -eu
for tool in aws curl base64; do
  command -v "$tool" >/dev/null || { echo "$tool is needed where Terraform runs, and is not installed"; exit 1; }
done
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf %s "$CERTIFICATE_AUTHORITY" | base64 -d > "$work/ca.crt"
end=$(($(date +%s) + TIMEOUT_SECONDS))
while :; do
  status=none
  if aws $TOKEN_ARGUMENTS > "$work/credential" 2> "$work/error"; then
    token=$(sed -n 's/.*"token": *"\\([^"]*\\)".*/\\1/p' "$work/credential")
    printf 'header = "Authorization: Bearer %s"\\n' "$token" > "$work/curl"
    status=$(curl --silent --output /dev/null --write-out '%%{http_code}' --max-time 10 \\
      --cacert "$work/ca.crt" --config "$work/curl" "$ENDPOINT/api/v1/namespaces/kube-system" || true)
    [ "$status" = 200 ] && exit 0
  fi
  [ "$(date +%s)" -lt "$end" ] || break
  sleep 3
done
cat "$work/error" >&2
echo "the cluster did not let this login in within $TIMEOUT_SECONDS seconds (last answer: $status)." >&2
echo "000: no route to $ENDPOINT from here; 401 or 403: no access entry for this role." >&2
exit 1
`;

/** A provisioner that waits until the cluster lets the caller in. */
export function waitForLogin(props: WaitForLoginProps): LocalExecProvisioner {
  return {
    type: "local-exec",
    interpreter: ["/bin/sh", "-c"],
    command: SCRIPT,
    environment: {
      ENDPOINT: props.endpoint,
      CERTIFICATE_AUTHORITY: props.certificateAuthorityData,
      TOKEN_ARGUMENTS: props.tokenArguments.join(" "),
      TIMEOUT_SECONDS: String(props.timeoutSeconds),
    },
  };
}

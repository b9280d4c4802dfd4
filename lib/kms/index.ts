export { type IKey, Key, type KeyProps } from "./key";

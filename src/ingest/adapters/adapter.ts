/** How one gateway's log tells an exchange. */
export interface Adapter {
  /** As `--format` names it. */
  name: string;
  /** One line's object as a native one, to be judged by the schema; undefined where it is native already. */
  adapt?: (value: object) => unknown;
}

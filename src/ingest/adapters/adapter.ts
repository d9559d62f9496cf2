/** How one gateway's log tells exchanges. */
export interface Adapter {
  /** As `--format` names it. */
  name: string;
  /**
   * The exchanges in one line's object, each in native form and to be judged by the schema; none where the line is
   * about something else. Undefined where the line is native already. Never throws, whatever the line holds.
   */
  adapt?: (value: object) => object[];
  /** Of one line, where a gateway writes many exchanges into it. */
  longestLineBytes?: number;
  /** Levels of nesting in one line, where a gateway's own format nests deeper than a record. */
  deepest?: number;
}

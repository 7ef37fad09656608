/** Which screen draws which state of the agent. */

import { All } from "./all.js";
import { Bundles } from "./bundles.js";
import { Closed } from "./closed.js";
import { Done } from "./done.js";
import { Enrol } from "./enrol.js";
import { Fault } from "./error.js";
import { Home } from "./home.js";
import { Idle } from "./idle.js";
import { Item } from "./item.js";
import { Lost } from "./lost.js";
import { Pad } from "./pad.js";
import { Printing } from "./printing.js";
import { Reading } from "./reading.js";
import { Still } from "./timeout.js";

export const SCREENS = {
  enrol: Enrol,
  idle: Idle,
  reading: Reading,
  home: Home,
  all: All,
  bundles: Bundles,
  item: Item,
  printing: Printing,
  done: Done,
  timeout: Still,
  pad: Pad,
  error: Fault,
  closed: Closed,
  lost: Lost,
};

/** Which screen draws which state of the agent. */

import { All } from "./all.js";
import { Asleep } from "./asleep.js";
import { Asking } from "./asking.js";
import { Booked } from "./booked.js";
import { Bundles } from "./bundles.js";
import { Closed } from "./closed.js";
import { Code } from "./code.js";
import { Done } from "./done.js";
import { Enrol } from "./enrol.js";
import { Fault } from "./error.js";
import { Find } from "./find.js";
import { Home } from "./home.js";
import { Idle } from "./idle.js";
import { Item } from "./item.js";
import { Lost } from "./lost.js";
import { Number_ } from "./number.js";
import { Numbers } from "./numbers.js";
import { Pad } from "./pad.js";
import { Printing } from "./printing.js";
import { Privacy } from "./privacy.js";
import { Reading } from "./reading.js";
import { Search } from "./search.js";
import { Sure } from "./sure.js";
import { Still } from "./timeout.js";

export const SCREENS = {
  asleep: Asleep,
  asking: Asking,
  booked: Booked,
  code: Code,
  enrol: Enrol,
  find: Find,
  number: Number_,
  numbers: Numbers,
  privacy: Privacy,
  search: Search,
  sure: Sure,
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

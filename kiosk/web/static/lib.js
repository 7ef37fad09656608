/** The one place that knows where the shared pieces are served. */

export {
  html,
  render,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "../vendor/htm-preact.module.js";

/** The one place that knows the view library; every page imports from here. */
export {
  h, html, render, Component, createContext,
  useState, useReducer, useEffect, useLayoutEffect, useRef, useMemo, useCallback, useContext,
} from "../vendor/htm-preact.module.js";

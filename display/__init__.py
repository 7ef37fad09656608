"""Call screens: pages for hall, zone and window screens, and the agent that serves them on a screen."""

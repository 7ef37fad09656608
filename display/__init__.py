"""Call screens: pages for hall, zone and window screens, and the agent beside a screen."""

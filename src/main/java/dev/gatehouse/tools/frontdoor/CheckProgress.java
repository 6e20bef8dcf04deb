package dev.gatehouse.tools.frontdoor;

import java.util.List;

/** Hears what a check finds while it goes on. */
interface CheckProgress {

    /** Nobody listens. */
    CheckProgress UNHEARD =
            new CheckProgress() {
                @Override
                public void begins(Area area) {}

                @Override
                public void found(Area area, List<Finding> findings) {}
            };

    void begins(Area area);

    void found(Area area, List<Finding> findings);
}

package dev.gatehouse.redirect;

/** What is made of the policy's decisions. */
enum RedirectMode {
    /** They are carried out. */
    ENFORCE,
    /** Everything is served; whom the policy would have caught is counted and logged. */
    REPORT_ONLY,
    /** Everything is served. */
    OFF
}

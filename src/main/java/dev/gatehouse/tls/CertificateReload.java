package dev.gatehouse.tls;

/**
 * Published when a certificate has changed, or should have.
 *
 * @param bundle the SSL bundle's name
 * @param detail the new certificate, or the reason why it is not served
 */
public record CertificateReload(String bundle, ReloadOutcome outcome, String detail) {}

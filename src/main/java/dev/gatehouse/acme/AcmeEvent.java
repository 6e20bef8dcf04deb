package dev.gatehouse.acme;

/**
 * Published after an attempt to obtain a certificate.
 *
 * @param obtained whether there is a new certificate
 * @param detail the reason if there is none
 */
public record AcmeEvent(boolean obtained, String detail) {}

package dev.gatehouse.acme;

import java.nio.file.Path;

/**
 * Where challenges are answered from. There is one only where challenges are answered at all.
 *
 * @param folder the webroot that an ACME client writes to
 */
public record AcmeWebroot(Path folder) {}

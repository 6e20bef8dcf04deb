/** The TLS engines: who does the HTTPS connector's handshakes, and with which settings. */
@NullMarked
package dev.gatehouse.tls.engine;

import org.jspecify.annotations.NullMarked;

package dev.gatehouse.tools.outbound;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Domain names as browsers convert them (UTS 46, non-transitional; WHATWG URL, "domain to ASCII").
 * Only a name that is not plain ASCII loads ICU4J: java.net.IDN knows IDNA 2003 alone, for which
 * {@code faß.de} is another site.
 */
final class DomainName {

    private DomainName() {}

    /** The name in lower-case ASCII, or empty where it is not valid. */
    static Optional<String> toAscii(String name) {
        return name.chars().allMatch(c -> c < 0x80)
                ? Optional.of(name.toLowerCase(Locale.ROOT))
                : Uts46.toAscii(name);
    }

    private static final class Uts46 {

        private static final IDNA PROCESSOR =
                IDNA.getUTS46Instance(
                        IDNA.CHECK_BIDI
                                | IDNA.CHECK_CONTEXTJ
                                | IDNA.NONTRANSITIONAL_TO_ASCII
                                | IDNA.NONTRANSITIONAL_TO_UNICODE);

        /** WHATWG URL: CheckHyphens and VerifyDnsLength are false. */
        private static final Set<IDNA.Error> ALLOWED =
                EnumSet.of(
                        IDNA.Error.EMPTY_LABEL,
                        IDNA.Error.LABEL_TOO_LONG,
                        IDNA.Error.DOMAIN_NAME_TOO_LONG,
                        IDNA.Error.LEADING_HYPHEN,
                        IDNA.Error.TRAILING_HYPHEN,
                        IDNA.Error.HYPHEN_3_4);

        private Uts46() {}

        static Optional<String> toAscii(String name) {
            IDNA.Info info = new IDNA.Info();
            StringBuilder ascii = PROCESSOR.nameToASCII(name, new StringBuilder(), info);
            return ALLOWED.containsAll(info.getErrors())
                    ? Optional.of(ascii.toString())
                    : Optional.empty();
        }
    }
}

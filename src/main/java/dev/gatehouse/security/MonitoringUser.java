package dev.gatehouse.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.config.InvalidPropertyException;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.Assert;

/** The one user, {@code spring.security.user.*}; without a password, no credentials match. */
class MonitoringUser {

    private static final String PASSWORD_PROPERTY = "spring.security.user.password";
    private static final Pattern ENCODED = Pattern.compile("(\\{[^}]+})(.*)", Pattern.DOTALL);

    private final String name;
    private final @Nullable String encodedPassword;
    private final List<GrantedAuthority> authorities;
    private final PasswordEncoder encoder =
            PasswordEncoderFactories.createDelegatingPasswordEncoder();

    MonitoringUser(SecurityProperties.User properties) {
        this.name = properties.getName();
        this.encodedPassword =
                properties.isPasswordGenerated() ? null : encoded(properties.getPassword());
        this.authorities =
                AuthorityUtils.createAuthorityList(
                        properties.getRoles().stream().map(role -> "ROLE_" + role).toList());
    }

    /** A password without an {@code {encoding}} in front is plain text, as in Spring Boot. */
    private String encoded(String password) {
        var matcher = ENCODED.matcher(password);
        if (!matcher.matches()) {
            return "{noop}" + password;
        }
        try {
            Assert.hasLength(matcher.group(2), "There is nothing after the encoding");
            encoder.matches("any", matcher.group(1)); // throws where the encoding is unknown
            encoder.upgradeEncoding(password); // throws where it is not what bcrypt writes
        } catch (IllegalArgumentException ex) {
            throw new InvalidPropertyException(
                    PASSWORD_PROPERTY,
                    "******",
                    "has an unknown encoding or is not of that encoding",
                    "Start it with {bcrypt}, {argon2@SpringSecurity_v5_8} or another encoding of"
                            + " Spring Security; give a plain password that begins with a brace as"
                            + " {noop}PASSWORD.",
                    ex);
        }
        return password;
    }

    boolean hasPassword() {
        return encodedPassword != null;
    }

    /**
     * Compares a user name and a password with the configured ones. Takes as long for a wrong name
     * as for a wrong password: 0.1 s of CPU where the configured password is a bcrypt hash.
     */
    boolean matches(String presentedName, String presentedPassword) {
        boolean passwordMatches =
                encodedPassword != null && encoder.matches(presentedPassword, encodedPassword);
        return MessageDigest.isEqual(presentedName.getBytes(UTF_8), name.getBytes(UTF_8))
                && passwordMatches;
    }

    Authentication authenticated() {
        return UsernamePasswordAuthenticationToken.authenticated(name, null, authorities);
    }
}

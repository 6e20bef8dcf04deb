package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.config.InvalidPropertyException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The PostgreSQL database that the jobs of all instances are in.
 *
 * @param url JDBC URL of the PostgreSQL database that all instances share, such as {@code
 *     jdbc:postgresql://db.example.com/gatehouse}; without it jobs are in memory, for one instance
 * @param username user name in the database
 * @param password password of that user
 */
@ConfigurationProperties("spring.datasource")
record DatabaseProperties(
        @Nullable String url, @Nullable String username, @Nullable String password) {

    static final String URL = "spring.datasource.url";
    private static final String SCHEME = "jdbc:postgresql:";

    /** The URL, which must be set. */
    String requireUrl() {
        if (url == null || !url.startsWith(SCHEME)) {
            throw new InvalidPropertyException(
                    URL,
                    url == null ? null : withoutParameters(url),
                    "is not a JDBC URL of PostgreSQL",
                    "Set it to a URL such as jdbc:postgresql://db.example.com:5432/gatehouse, or"
                            + " leave it out.");
        }
        return url;
    }

    /** Parameters and the user's part may hold a password. */
    private static String withoutParameters(String url) {
        return url.replaceAll("\\?.*", "?...").replaceAll("//[^/@]*@", "//...@");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseProperties[" + (url == null ? "" : withoutParameters(url)) + "]";
    }
}

package dev.gatehouse;

import org.jspecify.annotations.Nullable;

/**
 * Where the JVM starts. The only class that is compiled for an older Java, so that such a one says
 * in a line what is missing.
 */
public final class Launcher {

    private static final int REQUIRED = 25;
    private static final String APPLICATION = "dev.gatehouse.GatehouseApplication";

    private Launcher() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        String problem = problemWith(Runtime.version().feature());
        if (problem != null) {
            System.err.println(problem);
            System.exit(1);
        }
        Class.forName(APPLICATION)
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }

    static @Nullable String problemWith(int feature) {
        return feature >= REQUIRED
                ? null
                : "Gatehouse needs Java "
                        + REQUIRED
                        + " or later, and this is Java "
                        + feature
                        + ", in "
                        + System.getProperty("java.home")
                        + ".";
    }
}

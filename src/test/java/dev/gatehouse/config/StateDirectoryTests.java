package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateDirectoryTests {

    private static final Path HOME = Path.of("/home/me");

    @Test
    void takesConfiguredFolderWhenThereIsOne() {
        assertThat(of(Path.of("/srv/state"), Map.of("STATE_DIRECTORY", "/x"), true))
                .isEqualTo(new StateDirectory(Path.of("/srv/state"), "gatehouse.state-directory"));
    }

    @Test
    void takesFirstEntryWhenSystemdGivesSeveral() {
        assertThat(of(null, Map.of("STATE_DIRECTORY", "/var/lib/a:/var/lib/b"), true))
                .isEqualTo(new StateDirectory(Path.of("/var/lib/a"), "$STATE_DIRECTORY"));
    }

    @Test
    void takesVarLibWhenItIsWritable() {
        assertThat(of(null, Map.of("XDG_STATE_HOME", "/xdg"), true).path())
                .isEqualTo(Path.of("/var/lib/gatehouse"));
    }

    @Test
    void takesXdgFolderWhenVarLibIsNotWritable() {
        assertThat(of(null, Map.of("XDG_STATE_HOME", "/xdg"), false))
                .isEqualTo(new StateDirectory(Path.of("/xdg/gatehouse"), "$XDG_STATE_HOME"));
    }

    @Test
    void takesHomeWhenXdgFolderIsRelativeOrUnset() {
        Path inHome = Path.of("/home/me/.local/state/gatehouse");
        assertThat(of(null, Map.of("XDG_STATE_HOME", "state"), false).path()).isEqualTo(inHome);
        assertThat(of(null, Map.of(), false).path()).isEqualTo(inHome);
    }

    private static StateDirectory of(
            @Nullable Path configured, Map<String, String> environment, boolean varLibWritable) {
        return StateDirectory.of(configured, environment, HOME, _ -> varLibWritable);
    }
}

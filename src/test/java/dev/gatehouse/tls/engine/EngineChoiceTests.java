package dev.gatehouse.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.InvalidPropertyException;
import java.security.Security;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class EngineChoiceTests {

    @Test
    void takeNativeEngineWhenItsLibraryLoads(CapturedOutput output) {
        assertThat(EngineChoice.AUTO.choose().name()).isEqualTo("conscrypt");
        assertThat(output).contains("HTTPS connector: conscrypt (its native library loaded)");
    }

    @Test
    void takeJsseWhenNativeLibraryDoesNotLoad(CapturedOutput output) {
        assertThat(EngineChoice.AUTO.choose(EngineChoiceTests::unloadable).name())
                .isEqualTo("jsse");
        assertThat(output)
                .contains(
                        "HTTPS connector: jsse (no native library could be loaded: no such file)");
    }

    @Test
    void stopTheStartWhenDemandedLibraryDoesNotLoad() {
        assertThatThrownBy(() -> EngineChoice.CONSCRYPT.choose(EngineChoiceTests::unloadable))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessage(
                        "gatehouse.tls.engine = 'conscrypt' cannot be had: its native library does"
                                + " not load (no such file).");
    }

    @Test
    void leaveTheJvmsProvidersAloneWhenChosen() {
        EngineChoice.CONSCRYPT.choose();

        assertThat(Arrays.stream(Security.getProviders()).map(p -> p.getName()))
                .doesNotContain("Conscrypt");
    }

    private static TlsEngine unloadable() {
        throw new UnsatisfiedLinkError("no such file");
    }
}

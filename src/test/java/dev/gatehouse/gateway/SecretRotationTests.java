package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Secret files, swapped as kubelet swaps them: a new folder, and a link moved over the old. */
@ExtendWith(OutputCaptureExtension.class)
class SecretRotationTests {

    @TempDir private Path folder;

    private int generation;

    @Test
    void takesNewSecretWhenKubernetesSwapsTheFolder() throws IOException {
        mount(TestGateways.SECRET + "\n");
        GatewaySecrets secrets = secrets();
        assertThat(secrets.indexOf(TestGateways.SECRET)).isZero();

        mount(TestGateways.NEXT_SECRET);
        secrets.refresh();

        assertThat(secrets.indexOf(TestGateways.NEXT_SECRET)).isZero();
        assertThat(secrets.indexOf(TestGateways.SECRET)).isNegative();
    }

    @Test
    void keepsLastSecretAndSaysSoOnceWhenNewOneIsUnfit(CapturedOutput output) throws IOException {
        mount(TestGateways.SECRET);
        GatewaySecrets secrets = secrets();

        mount("short");
        secrets.refresh();
        secrets.refresh();

        assertThat(secrets.indexOf(TestGateways.SECRET)).isZero();
        assertThat(output)
                .containsOnlyOnce("holds a secret that is blank, shorter than 16 characters")
                .doesNotContain(TestGateways.SECRET);
    }

    @Test
    void keepsLastSecretWhenFileIsGone() throws IOException {
        mount(TestGateways.SECRET);
        GatewaySecrets secrets = secrets();

        Files.delete(folder.resolve("..data"));
        secrets.refresh();

        assertThat(secrets.indexOf(TestGateways.SECRET)).isZero();
    }

    @Test
    void putsFilesAfterConfiguredSecretsWhenThereAreBoth() throws IOException {
        mount(TestGateways.NEXT_SECRET);
        GatewaySecrets secrets =
                new GatewaySecrets("rapidapi", List.of(TestGateways.SECRET), List.of(file()));

        secrets.refresh();

        assertThat(secrets.indexOf(TestGateways.SECRET)).isZero();
        assertThat(secrets.indexOf(TestGateways.NEXT_SECRET)).isEqualTo(1);
    }

    private GatewaySecrets secrets() {
        return new GatewaySecrets("rapidapi", List.of(), List.of(file()));
    }

    private SecretFile file() {
        return new SecretFile("gatehouse.gateways[0].secret-files[0]", folder.resolve("secret"));
    }

    /** {@code secret -> ..data/secret}, {@code ..data -> ..N}: kubelet's AtomicWriter. */
    private void mount(String content) throws IOException, AtomicMoveNotSupportedException {
        Path next = Files.createDirectory(folder.resolve(".." + generation++));
        Files.writeString(next.resolve("secret"), content);
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        if (!Files.isSymbolicLink(folder.resolve("secret"))) {
            Files.createSymbolicLink(folder.resolve("secret"), Path.of("..data", "secret"));
        }
    }
}

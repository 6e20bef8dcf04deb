package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.config.InvalidPropertyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcmePropertiesTests {

    @TempDir private Path folder;

    @Test
    void stopsWhenWebrootIsNoFolder() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> new AcmeProperties(file))
                .withMessage("gatehouse.acme.webroot = '%s' is not a folder.", file)
                .extracting(InvalidPropertyException::remedy)
                .isEqualTo(
                        """
                        Set it to the folder that your ACME client writes to (certbot: \
                        --webroot-path), or leave it out.""");
    }

    @Test
    void takesFolderWhenThereIsOneOrNone() {
        assertThat(new AcmeProperties(folder).webroot()).isEqualTo(folder);
        assertThat(new AcmeProperties(null).webroot()).isNull();
    }
}

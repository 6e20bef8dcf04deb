import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites a jar of jars for an image: nothing is compressed, since the layer is, and better as a
 * whole; every entry has one time, to which the cache will be tied; of native libraries only those
 * for this system stay, and of ICU4J only what converts domain names (UTS 46), not its texts for
 * languages, regions, currencies and the like, 22 MB.
 *
 * <pre>java StoredJar.java GIVEN TARGET EPOCH_SECONDS</pre>
 */
public class StoredJar {

    private static final Pattern NATIVE =
            Pattern.compile("META-INF/native/.*\\.(so|dylib|jnilib|dll)");
    private static final Pattern OURS =
            Pattern.compile(
                    ".*linux.*"
                            + (System.getProperty("os.arch").equals("aarch64")
                                    ? "(aarch_?64|arm64).*"
                                    : "(x86_64|amd64).*"));

    private static final Pattern UNUSED_ICU_DATA =
            Pattern.compile(
                    "com/ibm/icu/impl/data/icudata/"
                            + "((brkitr|coll|curr|lang|rbnf|region|translit|unit|zone)/.*"
                            + "|[^/]*\\.res|unames\\.icu)");

    private final FileTime time;

    private StoredJar(FileTime time) {
        this.time = time;
    }

    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[1]);
        FileTime time = FileTime.from(Instant.ofEpochSecond(Long.parseLong(arguments[2])));
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]));
                OutputStream out = Files.newOutputStream(target)) {
            new StoredJar(time).rewrite(in, out);
        }
        Files.setLastModifiedTime(target, time);
    }

    private void rewrite(InputStream in, OutputStream out) throws IOException {
        ZipInputStream from = new ZipInputStream(in);
        ZipOutputStream to = new ZipOutputStream(out);
        to.setMethod(ZipOutputStream.STORED);
        for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
            String name = entry.getName();
            if ((NATIVE.matcher(name).matches() && !OURS.matcher(name).matches())
                    || UNUSED_ICU_DATA.matcher(name).matches()) {
                continue;
            }
            byte[] content = from.readAllBytes();
            store(to, name, name.endsWith(".jar") ? rewritten(content) : content);
        }
        to.finish();
    }

    private byte[] rewritten(byte[] jar) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * jar.length);
        rewrite(new ByteArrayInputStream(jar), out);
        return out.toByteArray();
    }

    private void store(ZipOutputStream to, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setLastModifiedTime(time);
        to.putNextEntry(entry);
        to.write(content);
        to.closeEntry();
    }
}

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import load.Fleet;
import load.Profiles;
import load.Row;
import load.Setting;

/** Says where the CPU goes before and after, row by row; started by {@code bench/profile}. */
public class ProfileLoads {

    public static void main(String[] arguments) throws Exception {
        Setting setting = Setting.prepare(Path.of("target/bench").toAbsolutePath());
        List<Row> rows = arguments.length == 0 ? Row.loads() : Row.named(arguments);
        List<Profiles> profiles = new ArrayList<>();
        try (Fleet fleet = new Fleet(setting)) {
            for (Row row : rows) {
                System.err.println("profile: " + row.label());
                profiles.add(Profiles.of(row, fleet, setting));
            }
        }
        System.out.println(Profiles.table(profiles));
    }
}

import java.nio.file.Files;
import java.nio.file.Path;
import load.ConcurrencyPlot;
import load.Fleet;
import load.MemoryLimit;
import load.Plot;
import load.Results;
import load.Row;
import load.Setting;

/** Measures Gatehouse beside its peers, row by row; started by {@code bench/run}. */
public class Bench {

    public static void main(String[] arguments) throws Exception {
        Setting setting = Setting.prepare(Path.of("target/bench").toAbsolutePath());
        Results results = new Results(setting.work().resolve("results.csv"));
        try (Fleet fleet = new Fleet(setting)) {
            for (Row row : Row.named(arguments)) {
                System.err.println("bench: " + row.label());
                row.measure(setting, fleet, results);
                results.save();
            }
        }
        System.out.println(results.table());
        Path plot = setting.work().resolve("ratios.svg");
        Files.writeString(plot, new Plot(results).svg());
        System.out.println("The ratios as a picture: " + plot);
        Path concurrency = setting.work().resolve("concurrency.svg");
        Files.writeString(concurrency, new ConcurrencyPlot(results).svg());
        System.out.println("Requests a second over connections: " + concurrency);
        System.out.println("Gatehouse's memory was limited by: " + MemoryLimit.kind());
    }
}

package dev.gatehouse.tools.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowExportTests {

    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"})
    void cellWhenItBeginsAsAFormulaIsText(String cell) {
        assertThat(RowExport.csv(cell)).isEqualTo("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t=1", "\r=1", "\n=1"})
    void cellWhenItBeginsWithAControlCharacterIsQuotedText(String cell) {
        assertThat(RowExport.csv(cell)).isEqualTo("\"'" + cell + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,=1", "a;=1", "a\t=1", "a\n=1", "a\r=1"})
    void cellWithASeparatorIsQuoted(String cell) {
        assertThat(RowExport.csv(cell)).isEqualTo('"' + cell + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u001b[2Jb", "a\u0000b", "a\u009bb", "a\u202eb", "a\u2066b"})
    void cellWithHiddenCharactersShowsThemInEveryFormat(String cell) {
        String visible = "a\ufffd" + cell.substring(2);
        assertThat(RowExport.csv(cell)).isEqualTo(visible);
        assertThat(RowExport.markdown(cell)).isEqualTo(visible.replace("[", "\\["));
        assertThat(RowExport.xml(cell)).isEqualTo(visible);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a=1", "https://a.test/?b=c"})
    void otherCellIsUnchanged(String cell) {
        assertThat(RowExport.csv(cell)).isEqualTo(cell);
    }
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%Ln gates failed</source>
        <translation>
            <numerusform>%Ln Prüfung nicht bestanden</numerusform>
            <numerusform>%Ln Prüfungen nicht bestanden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <translation>
            <numerusform>%Ln neu</numerusform>
            <numerusform>%Ln neu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{folder} is watched, %Ln new images so far; press to stop</source>
        <translation>
            <numerusform>{folder} wird beobachtet, bisher %Ln neues Bild; zum Beenden drücken</numerusform>
            <numerusform>{folder} wird beobachtet, bisher %Ln neue Bilder; zum Beenden drücken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Continue, %Ln waiting</source>
        <translation>
            <numerusform>Weiter, %Ln wartet</numerusform>
            <numerusform>Weiter, %Ln warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading %Ln headers</source>
        <translation>
            <numerusform>%Ln Dateikopf wird gelesen</numerusform>
            <numerusform>%Ln Dateiköpfe werden gelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln photos</source>
        <translation>
            <numerusform>%Ln Foto aufnehmen</numerusform>
            <numerusform>%Ln Fotos aufnehmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos in {where}</source>
        <translation>
            <numerusform>%Ln Foto in {where}</numerusform>
            <numerusform>%Ln Fotos in {where}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images wait</source>
        <translation>
            <numerusform>%Ln Bild wartet</numerusform>
            <numerusform>%Ln Bilder warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln fehlgeschlagen</numerusform>
            <numerusform>%Ln fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The middle of the last %Ln images; several are at work side by side.</source>
        <translation>
            <numerusform>Vom letzten Bild; mehrere sind nebeneinander in Arbeit.</numerusform>
            <numerusform>Median der letzten %Ln Bilder; mehrere sind nebeneinander in Arbeit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images failed</source>
        <translation>
            <numerusform>%Ln Bild fehlgeschlagen</numerusform>
            <numerusform>%Ln Bilder fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“{batch}” arrived with %Ln images; it is in the list of batches.</source>
        <translation>
            <numerusform>„{batch}“ ist mit %Ln Bild angekommen und steht in der Liste der Stapel.</numerusform>
            <numerusform>„{batch}“ ist mit %Ln Bildern angekommen und steht in der Liste der Stapel.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <translation>
            <numerusform>Und %Ln weiteres.</numerusform>
            <numerusform>Und %Ln weitere.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <comment>finished</comment>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files do not pass.</source>
        <comment>finished</comment>
        <translation>
            <numerusform>%Ln Datei besteht nicht.</numerusform>
            <numerusform>%Ln Dateien bestehen nicht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images are approved and may leave</source>
        <translation>
            <numerusform>%Ln Bild ist freigegeben und darf hinaus</numerusform>
            <numerusform>%Ln Bilder sind freigegeben und dürfen hinaus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln have no name here yet</source>
        <translation>
            <numerusform>%Ln hat hier noch keinen Namen</numerusform>
            <numerusform>%Ln haben hier noch keinen Namen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images wait for the audit; they are in the review queue.</source>
        <translation>
            <numerusform>%Ln Bild wartet auf die Stichprobe; es steht in der Prüfliste.</numerusform>
            <numerusform>%Ln Bilder warten auf die Stichprobe; sie stehen in der Prüfliste.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <comment>steps of a repair by a person</comment>
        <translation>
            <numerusform>%Ln Schritt</numerusform>
            <numerusform>%Ln Schritte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photos of this camera position</source>
        <translation>
            <numerusform>%Ln Foto dieser Kameraposition</numerusform>
            <numerusform>Alle %Ln Fotos dieser Kameraposition</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copying, %Ln to go…</source>
        <translation>
            <numerusform>Übertrage, noch %Ln …</numerusform>
            <numerusform>Übertrage, noch %Ln …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s)</source>
        <comment>nodes of a clipping path</comment>
        <translation>
            <numerusform>%Ln Punkt</numerusform>
            <numerusform>%Ln Punkte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <comment>marked in the picture</comment>
        <translation>
            <numerusform>%Ln Stelle</numerusform>
            <numerusform>%Ln Stellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln border pixels are not 255</source>
        <translation>
            <numerusform>%Ln Randpixel ist nicht 255</numerusform>
            <numerusform>%Ln Randpixel sind nicht 255</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln separate pieces</source>
        <translation>
            <numerusform>%Ln einzelnes Teil</numerusform>
            <numerusform>%Ln getrennte Teile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln background pixels are not 255</source>
        <translation>
            <numerusform>%Ln Hintergrundpixel ist nicht 255</numerusform>
            <numerusform>%Ln Hintergrundpixel sind nicht 255</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln places</source>
        <translation>
            <numerusform>%Ln Stelle</numerusform>
            <numerusform>%Ln Stellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images wait for the audit</source>
        <translation>
            <numerusform>%Ln Bild wartet auf die Stichprobe</numerusform>
            <numerusform>%Ln Bilder warten auf die Stichprobe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more were drawn: look at them</source>
        <translation>
            <numerusform>%Ln weiteres wurde gezogen: bitte ansehen</numerusform>
            <numerusform>%Ln weitere wurden gezogen: bitte ansehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images wait again</source>
        <translation>
            <numerusform>%Ln Bild wartet wieder</numerusform>
            <numerusform>%Ln Bilder warten wieder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files are called back</source>
        <translation>
            <numerusform>%Ln Datei ist zurückgerufen</numerusform>
            <numerusform>%Ln Dateien sind zurückgerufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln earlier ones restored</source>
        <translation>
            <numerusform>%Ln frühere wiederhergestellt</numerusform>
            <numerusform>%Ln frühere wiederhergestellt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln earlier files are not in the studio; export them again</source>
        <translation>
            <numerusform>%Ln frühere Datei ist nicht im Studio; bitte erneut ausliefern</numerusform>
            <numerusform>%Ln frühere Dateien sind nicht im Studio; bitte erneut ausliefern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files delivered</source>
        <translation>
            <numerusform>%Ln Datei ausgeliefert</numerusform>
            <numerusform>%Ln Dateien ausgeliefert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files not delivered</source>
        <translation>
            <numerusform>%Ln Datei nicht ausgeliefert</numerusform>
            <numerusform>%Ln Dateien nicht ausgeliefert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images are back in the review queue</source>
        <translation>
            <numerusform>%Ln Bild wartet wieder auf die Prüfung</numerusform>
            <numerusform>%Ln Bilder warten wieder auf die Prüfung</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved images wait for their wave</source>
        <translation>
            <numerusform>%Ln freigegebenes Bild wartet auf seine Welle</numerusform>
            <numerusform>%Ln freigegebene Bilder warten auf ihre Welle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln images wait for a decision</source>
        <translation>
            <numerusform>%Ln Bild wartet auf eine Entscheidung</numerusform>
            <numerusform>%Ln Bilder warten auf eine Entscheidung</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Categories</name>
    <message>
        <source>Jewellery</source>
        <translation>Schmuck</translation>
    </message>
    <message>
        <source>Fur</source>
        <translation>Fell</translation>
    </message>
    <message>
        <source>Lingerie</source>
        <translation>Wäsche</translation>
    </message>
    <message>
        <source>Transparent goods</source>
        <translation>Durchsichtiges</translation>
    </message>
    <message>
        <source>Glassware</source>
        <translation>Glas</translation>
    </message>
    <message>
        <source>Lace</source>
        <translation>Spitze</translation>
    </message>
    <message>
        <source>Clothing</source>
        <translation>Kleidung</translation>
    </message>
    <message>
        <source>Eyewear</source>
        <translation>Brillen</translation>
    </message>
    <message>
        <source>Plants</source>
        <translation>Pflanzen</translation>
    </message>
    <message>
        <source>Cosmetics in tubes</source>
        <translation>Kosmetik in Tuben</translation>
    </message>
    <message>
        <source>Appliances</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Shoes</source>
        <translation>Schuhe</translation>
    </message>
    <message>
        <source>Bags</source>
        <translation>Taschen</translation>
    </message>
    <message>
        <source>Electronics</source>
        <translation>Elektronik</translation>
    </message>
    <message>
        <source>Books</source>
        <translation>Bücher</translation>
    </message>
    <message>
        <source>Cosmetics</source>
        <translation>Kosmetik</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Wohnen</translation>
    </message>
    <message>
        <source>Kitchen</source>
        <translation>Küche</translation>
    </message>
    <message>
        <source>Toys</source>
        <translation>Spielzeug</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Take back your decision about this image</source>
        <translation>Eigene Entscheidung zu diesem Bild zurücknehmen</translation>
    </message>
    <message>
        <source>Approve, next image</source>
        <translation>Freigeben, nächstes Bild</translation>
    </message>
    <message>
        <source>Reject, then a reason</source>
        <translation>Ablehnen, dann ein Grund</translation>
    </message>
    <message>
        <source>Redo, then a reason</source>
        <translation>Zur Nacharbeit, dann ein Grund</translation>
    </message>
    <message>
        <source>Client changed their mind, next image</source>
        <translation>Kunde will es anders, nächstes Bild</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>Abnehmen</translation>
    </message>
    <message>
        <source>Undo the last decision</source>
        <translation>Letzte Entscheidung zurücknehmen</translation>
    </message>
    <message>
        <source>Redo the decision</source>
        <translation>Entscheidung wiederherstellen</translation>
    </message>
    <message>
        <source>Take over what somebody else has open</source>
        <translation>Übernehmen, was jemand anderes offen hat</translation>
    </message>
    <message>
        <source>Close the batch: its decisions count now</source>
        <translation>Stapel schließen: Entscheidungen gelten jetzt</translation>
    </message>
    <message>
        <source>Stay after a decision, or go on</source>
        <translation>Nach einer Entscheidung bleiben, oder weitergehen</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation>Voriges Bild</translation>
    </message>
    <message>
        <source>First image</source>
        <translation>Erstes Bild</translation>
    </message>
    <message>
        <source>Last image</source>
        <translation>Letztes Bild</translation>
    </message>
    <message>
        <source>Go to an image by place, SKU or name</source>
        <translation>Zu einem Bild: Platz, SKU oder Name</translation>
    </message>
    <message>
        <source>Find a file or SKU</source>
        <translation>Datei oder SKU suchen</translation>
    </message>
    <message>
        <source>Filter and sort the list</source>
        <translation>Liste filtern und sortieren</translation>
    </message>
    <message>
        <source>The whole list as a grid, or back</source>
        <translation>Ganze Liste als Raster, oder zurück</translation>
    </message>
    <message>
        <source>Twelve images at once, or one</source>
        <translation>Zwölf Bilder auf einmal, oder eines</translation>
    </message>
    <message>
        <source>Show the review queue</source>
        <translation>Liste „Prüfen“ zeigen</translation>
    </message>
    <message>
        <source>Show all images</source>
        <translation>Alle Bilder zeigen</translation>
    </message>
    <message>
        <source>Fit or 1:1 at the pointer</source>
        <translation>Einpassen oder 1:1 am Zeiger</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>1:1, one pixel on one pixel</source>
        <translation>1:1, ein Pixel auf ein Pixel</translation>
    </message>
    <message>
        <source>200%</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>Further away</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>Keep zoom and place for the next image, or fit it</source>
        <translation>Zoom und Stelle fürs nächste Bild behalten, oder einpassen</translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Drag the picture</source>
        <translation>Bild verschieben</translation>
    </message>
    <message>
        <source>Show the original</source>
        <translation>Original zeigen</translation>
    </message>
    <message>
        <source>Original and result in turns</source>
        <translation>Original und Ergebnis im Wechsel</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Geteilt</translation>
    </message>
    <message>
        <source>Original through the result</source>
        <translation>Original durch das Ergebnis</translation>
    </message>
    <message>
        <source>More of the original shining through</source>
        <translation>Original stärker durchscheinen lassen</translation>
    </message>
    <message>
        <source>Less of the original shining through</source>
        <translation>Original schwächer durchscheinen lassen</translation>
    </message>
    <message>
        <source>Mark what is not exactly white</source>
        <translation>Markieren, was nicht genau weiß ist</translation>
    </message>
    <message>
        <source>Next ground: grey, black, checker, red, mask, off</source>
        <translation>Nächster Untergrund: Grau, Schwarz, Schachbrett, Rot, Maske, aus</translation>
    </message>
    <message>
        <source>Difference to the original: ×1, ×4, ×16, ΔE00, SSIM, off</source>
        <translation>Unterschied zum Original: ×1, ×4, ×16, ΔE00, SSIM, aus</translation>
    </message>
    <message>
        <source>Outline: halo ring, edges, off</source>
        <translation>Umriss: Saumring, Kanten, aus</translation>
    </message>
    <message>
        <source>The mask alone</source>
        <translation>Die Maske allein</translation>
    </message>
    <message>
        <source>Mark what is burnt out or black</source>
        <translation>Ausgefressenes und Schwarzes markieren</translation>
    </message>
    <message>
        <source>Next marked place at 1:1</source>
        <translation>Nächste markierte Stelle bei 1:1</translation>
    </message>
    <message>
        <source>Previous marked place</source>
        <translation>Vorige markierte Stelle</translation>
    </message>
    <message>
        <source>Repair by hand: brush and fill</source>
        <translation>Von Hand ausbessern: Pinsel und Füllung</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <source>Try a failed image again</source>
        <translation>Fehlgeschlagenes Bild erneut versuchen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Pictures alone, without panels</source>
        <translation>Bilder allein, ohne Leisten</translation>
    </message>
    <message>
        <source>The line: times and failures</source>
        <translation>Verarbeitung: Zeiten und Fehler</translation>
    </message>
    <message>
        <source>As a shopper sees it</source>
        <translation>Wie Käufer es sehen</translation>
    </message>
    <message>
        <source>Deliver the batch</source>
        <translation>Stapel ausliefern</translation>
    </message>
    <message>
        <source>Release in waves, or call back</source>
        <translation>In Wellen freigeben oder zurückrufen</translation>
    </message>
    <message>
        <source>The figures</source>
        <translation>Die Zahlen</translation>
    </message>
    <message>
        <source>Check finished files</source>
        <translation>Fertige Dateien prüfen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Show the log folder</source>
        <translation>Ordner der Protokolle zeigen</translation>
    </message>
    <message>
        <source>Tour of two minutes</source>
        <translation>Rundgang von zwei Minuten</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>Diese Übersicht</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
</context>
<context>
    <name>Decide</name>
    <message>
        <source>Redo</source>
        <translation>Nacharbeit</translation>
    </message>
</context>
<context>
    <name>Delivery</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>ASIN</source>
        <translation>ASIN</translation>
    </message>
    <message>
        <source>GTIN</source>
        <translation>GTIN</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Lieferungen</translation>
    </message>
    <message>
        <source>Deliver</source>
        <translation>Ausliefern</translation>
    </message>
    <message>
        <source>As ZIP files</source>
        <translation>Als ZIP-Dateien</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>{source}; read on {day}</source>
        <translation>{source}; gelesen am {day}</translation>
    </message>
    <message>
        <source>Deliver “{batch}”</source>
        <translation>„{batch}“ ausliefern</translation>
    </message>
    <message>
        <source>Places of sale</source>
        <translation>Verkaufsorte</translation>
    </message>
    <message>
        <source>What became of the delivery</source>
        <translation>Was aus der Lieferung wurde</translation>
    </message>
    <message>
        <source>Names of the files</source>
        <translation>Namen der Dateien</translation>
    </message>
    <message>
        <source>Into the folder</source>
        <translation>In den Ordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose an empty folder, or one of an earlier delivery of this batch</source>
        <translation>Einen leeren Ordner wählen oder den einer früheren Lieferung dieses Stapels</translation>
    </message>
    <message>
        <source>One ZIP for each client and place of sale</source>
        <translation>Ein ZIP je Kunde und Verkaufsort</translation>
    </message>
    <message>
        <source>Render, verify and pack what is approved  (Return)</source>
        <translation>Freigegebenes rendern, prüfen und packen  (Eingabe)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>A delivery under way goes on  (Esc)</source>
        <translation>Eine laufende Lieferung geht weiter  (Esc)</translation>
    </message>
    <message>
        <source>Where the delivery goes</source>
        <translation>Wohin die Lieferung geht</translation>
    </message>
    <message>
        <source>Packing {file}</source>
        <translation>{file} wird gepackt</translation>
    </message>
    <message>
        <source>{file} as {name}: {why}</source>
        <translation>{file} als {name}: {why}</translation>
    </message>
    <message>
        <source>Not delivered to {platform}: {why}</source>
        <translation>Nicht geliefert an {platform}: {why}</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Your decision about this image is taken back.</source>
        <translation>Ihre Entscheidung zu diesem Bild ist zurückgenommen.</translation>
    </message>
    <message>
        <source>“{batch}” is closed: every decision in it counts now and may be delivered.</source>
        <translation>„{batch}“ ist abgeschlossen: Jede Entscheidung darin gilt jetzt und darf ausgeliefert werden.</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>No shop&apos;s returns were taken in yet; returns import FILE.csv does that.</source>
        <translation>Noch sind keine Retouren eines Shops eingelesen; „returns import DATEI.csv“ tut das.</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>What the figures are about</source>
        <translation>Wovon die Zahlen handeln</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>From when on</source>
        <translation>Ab wann</translation>
    </message>
    <message>
        <source>All batches</source>
        <translation>Alle Stapel</translation>
    </message>
    <message>
        <source>Save every figure as a table</source>
        <translation>Alle Zahlen als Tabelle speichern</translation>
    </message>
    <message>
        <source>Save what is shown as a picture</source>
        <translation>Was zu sehen ist, als Bild speichern</translation>
    </message>
    <message>
        <source>Save the figures</source>
        <translation>Zahlen speichern</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>{file} cannot be written ({why}); choose another folder.</source>
        <translation>{file} kann nicht geschrieben werden ({why}); einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Finished by the line</source>
        <translation>Automatisch fertig</translation>
    </message>
    <message>
        <source>Decided by people</source>
        <translation>Von Menschen entschieden</translation>
    </message>
    <message>
        <source>nothing to count yet</source>
        <translation>noch nichts zu zählen</translation>
    </message>
    <message>
        <source>{part} of {whole}; {low} to {high} at 95 %</source>
        <translation>{part} von {whole}; {low} bis {high} bei 95 %</translation>
    </message>
    <message>
        <source>Approved without a person</source>
        <translation>Ohne Mensch freigegeben</translation>
    </message>
    <message>
        <source>Accepted at once</source>
        <translation>Auf Anhieb angenommen</translation>
    </message>
    <message>
        <source>Overturned by seniors</source>
        <translation>Von Seniors verworfen</translation>
    </message>
    <message>
        <source>Known faults seen</source>
        <translation>Bekannte Fehler gesehen</translation>
    </message>
    <message>
        <source>{queue} {count} · oldest {age}</source>
        <translation>{queue} {count} · älteste {age}</translation>
    </message>
    <message>
        <source>Half of them wait longer than {age}; press to see them</source>
        <translation>Die Hälfte wartet länger als {age}; drücken, um sie zu sehen</translation>
    </message>
    <message>
        <source>{person} overturned {part} of {whole} approvals.</source>
        <translation>{person} hat {part} von {whole} Freigaben verworfen.</translation>
    </message>
    <message>
        <source>{person} saw {part} of {whole} known faults (at least {low} at 95 %)</source>
        <translation>{person} hat {part} von {whole} bekannten Fehlern gesehen (mindestens {low} bei 95 %)</translation>
    </message>
    <message>
        <source>and approved {part} of {whole} good images.</source>
        <translation>und {part} von {whole} guten Bildern freigegeben.</translation>
    </message>
    <message>
        <source>finished by the line</source>
        <translation>automatisch fertig</translation>
    </message>
    <message>
        <source>decided by people</source>
        <translation>von Menschen entschieden</translation>
    </message>
    <message>
        <source>Images by hour</source>
        <translation>Bilder je Stunde</translation>
    </message>
    <message>
        <source>Images by score</source>
        <translation>Bilder nach Punkten</translation>
    </message>
    <message>
        <source>Why images were sent back or rejected</source>
        <translation>Warum Bilder zurückgingen oder abgelehnt wurden</translation>
    </message>
    <message>
        <source>Returned by week, % of what was sold</source>
        <translation>Retouren je Woche, % des Verkauften</translation>
    </message>
    <message>
        <source>Press a bar or point to see the images behind it; the wheel zooms</source>
        <translation>Balken oder Punkt drücken zeigt die Bilder dahinter; das Rad zoomt</translation>
    </message>
    <message>
        <source>less than {share}</source>
        <translation>weniger als {share}</translation>
    </message>
    <message>
        <source>Nothing can be compared; sales before and after the new pictures are needed.</source>
        <translation>Es lässt sich nichts vergleichen; nötig sind Verkäufe vor und nach den neuen Bildern.</translation>
    </message>
    <message>
        <source>Returned: {before} before, {after} after the new pictures.</source>
        <translation>Retouren: {before} vor, {after} nach den neuen Bildern.</translation>
    </message>
    <message>
        <source>{low} to {high} points at 95 %</source>
        <translation>{low} bis {high} Prozentpunkte bei 95 %</translation>
    </message>
    <message>
        <source>The numbers prove nothing</source>
        <translation>Die Zahlen beweisen nichts</translation>
    </message>
    <message>
        <source>compared with products without new pictures</source>
        <translation>verglichen mit Produkten ohne neue Bilder</translation>
    </message>
    <message>
        <source>without any product to compare with</source>
        <translation>ohne Produkt zum Vergleich</translation>
    </message>
    <message>
        <source>Less comes back</source>
        <translation>Es kommt weniger zurück</translation>
    </message>
    <message>
        <source>More comes back</source>
        <translation>Es kommt mehr zurück</translation>
    </message>
</context>
<context>
    <name>Filter</name>
    <message>
        <source>Where it stands</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Shoot group</source>
        <translation>Aufnahmegruppe</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>As they came</source>
        <translation>Wie sie kamen</translation>
    </message>
    <message>
        <source>Most at risk first</source>
        <translation>Riskanteste zuerst</translation>
    </message>
    <message>
        <source>Lowest score first</source>
        <translation>Schlechteste zuerst</translation>
    </message>
    <message>
        <source>Waiting longest first</source>
        <translation>Am längsten Wartende zuerst</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortierung</translation>
    </message>
    <message>
        <source>Which image comes first</source>
        <translation>Welches Bild zuerst kommt</translation>
    </message>
    <message>
        <source>Lowest score, 0 to 100</source>
        <translation>Niedrigste Punktzahl, 0 bis 100</translation>
    </message>
    <message>
        <source>Highest score, 0 to 100</source>
        <translation>Höchste Punktzahl, 0 bis 100</translation>
    </message>
    <message>
        <source>Name of this filter</source>
        <translation>Name des Filters</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>Keep this filter for you in this studio</source>
        <translation>Diesen Filter für Sie in diesem Studio merken</translation>
    </message>
    <message>
        <source>Your filters</source>
        <translation>Ihre Filter</translation>
    </message>
    <message>
        <source>A filter you kept</source>
        <translation>Ein gemerkter Filter</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget the chosen filter</source>
        <translation>Den gewählten Filter vergessen</translation>
    </message>
    <message>
        <source>Show everything again</source>
        <translation>Wieder alles zeigen</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>every background pixel is 255</source>
        <translation>jedes Hintergrundpixel ist 255</translation>
    </message>
    <message>
        <source>every border pixel is 255</source>
        <translation>jedes Randpixel ist 255</translation>
    </message>
    <message>
        <source>every background pixel beyond the product&apos;s edge is 255</source>
        <translation>jedes Hintergrundpixel jenseits der Produktkante ist 255</translation>
    </message>
    <message>
        <source>every pixel of the outermost rows and columns is 255</source>
        <translation>jedes Pixel der äußersten Zeilen und Spalten ist 255</translation>
    </message>
    <message>
        <source>what the codec left around the product stays above 250</source>
        <translation>was die Kompression um das Produkt hinterließ, bleibt über 250</translation>
    </message>
    <message>
        <source>the product keeps its distance from the frame</source>
        <translation>das Produkt hält Abstand zum Rand</translation>
    </message>
    <message>
        <source>one product</source>
        <translation>ein Produkt</translation>
    </message>
    <message>
        <source>no product was found</source>
        <translation>kein Produkt gefunden</translation>
    </message>
    <message>
        <source>there is no product in the file</source>
        <translation>in der Datei ist kein Produkt</translation>
    </message>
    <message>
        <source>there is no background beyond the product&apos;s edge</source>
        <translation>jenseits der Produktkante gibt es keinen Hintergrund</translation>
    </message>
    <message>
        <source>parts of it are transparent; the background must be part of the picture</source>
        <translation>Teile sind durchsichtig; der Hintergrund muss zum Bild gehören</translation>
    </message>
    <message>
        <source>nothing of it is transparent</source>
        <translation>nichts daran ist durchsichtig</translation>
    </message>
    <message>
        <source>it carries no ICC profile</source>
        <translation>sie trägt kein ICC-Profil</translation>
    </message>
    <message>
        <source>No profile, EXIF or chunk says which colours the numbers mean; sRGB is assumed.</source>
        <translation>Weder Profil noch EXIF noch PNG-Angabe sagen, welche Farben die Zahlen meinen; sRGB wird angenommen.</translation>
    </message>
    <message>
        <source>A 16-bit file without a profile: sRGB is only a guess, so a person should look at its colours.</source>
        <translation>Eine 16-Bit-Datei ohne Profil: sRGB ist nur eine Annahme, deshalb sollte ein Mensch die Farben ansehen.</translation>
    </message>
    <message>
        <source>No product was found in this photo; a person has to look at it.</source>
        <translation>In diesem Foto wurde kein Produkt gefunden; ein Mensch muss es ansehen.</translation>
    </message>
    <message>
        <source>The product touches the photo&apos;s edge and may be cut off; ask for a wider photo or approve it as it is.</source>
        <translation>Das Produkt berührt den Rand des Fotos und ist vielleicht angeschnitten; ein weiteres Foto anfordern oder so freigeben.</translation>
    </message>
    <message>
        <source>the product has no solid inside</source>
        <translation>das Produkt hat kein festes Inneres</translation>
    </message>
    <message>
        <source>the product has no contour long enough</source>
        <translation>kein Umriss des Produkts ist lang genug</translation>
    </message>
    <message>
        <source>the product is too thin for a window</source>
        <translation>das Produkt ist zu dünn für ein Messfenster</translation>
    </message>
    <message>
        <source>too few edges with contrast in both images</source>
        <translation>zu wenige Kanten mit Kontrast in beiden Bildern</translation>
    </message>
    <message>
        <source>too few places where product and background are clear</source>
        <translation>zu wenige Stellen, an denen Produkt und Hintergrund eindeutig sind</translation>
    </message>
    <message>
        <source>too few places where product and backdrop differ</source>
        <translation>zu wenige Stellen, an denen sich Produkt und Hintergrund unterscheiden</translation>
    </message>
    <message>
        <source>the contour has no run long enough</source>
        <translation>kein Stück des Umrisses ist lang genug</translation>
    </message>
    <message>
        <source>the product itself has the backdrop&apos;s colour</source>
        <translation>das Produkt selbst hat die Farbe des Hintergrunds</translation>
    </message>
    <message>
        <source>nothing was painted</source>
        <translation>es wurde nichts gemalt</translation>
    </message>
    <message>
        <source>a finished photo was not cut out here</source>
        <translation>ein fertiges Foto wurde hier nicht freigestellt</translation>
    </message>
    <message>
        <source>LPIPS is not installed</source>
        <translation>LPIPS ist nicht installiert</translation>
    </message>
    <message>
        <source>its sides are not straight</source>
        <translation>seine Seiten sind nicht gerade</translation>
    </message>
    <message>
        <source>all four sides agree</source>
        <translation>alle vier Seiten stimmen überein</translation>
    </message>
    <message>
        <source>left and right side agree</source>
        <translation>linke und rechte Seite stimmen überein</translation>
    </message>
    <message>
        <source>linear light</source>
        <translation>lineares Licht</translation>
    </message>
    <message>
        <source>mean over the product</source>
        <translation>Mittel über das Produkt</translation>
    </message>
    <message>
        <source>share of the field within the graded tolerance</source>
        <translation>Anteil der Fläche innerhalb der bewerteten Toleranz</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>wie gespeichert</translation>
    </message>
    <message>
        <source>small pieces that are no part of the product: {value}</source>
        <translation>kleine Stücke, die nicht zum Produkt gehören: {value}</translation>
    </message>
    <message>
        <source>places where the product goes on and was cut away: {value}</source>
        <translation>Stellen, an denen das Produkt weitergeht und weggeschnitten wurde: {value}</translation>
    </message>
    <message>
        <source>holes of the product that still hold backdrop: {value}</source>
        <translation>Löcher des Produkts, in denen noch Hintergrund steht: {value}</translation>
    </message>
    <message>
        <source>the edge is {value} times as soft as the original&apos;s</source>
        <translation>die Kante ist {value}-mal so weich wie im Original</translation>
    </message>
    <message>
        <source>the outline is jagged by {value} px</source>
        <translation>der Umriss ist um {value} px gezackt</translation>
    </message>
    <message>
        <source>a ring in the old backdrop&apos;s colour, ΔE {value}</source>
        <translation>ein Saum in der Farbe des alten Hintergrunds, ΔE {value}</translation>
    </message>
    <message>
        <source>the product lies {value} of the frame off the centre</source>
        <translation>das Produkt liegt {value} des Rahmens neben der Mitte</translation>
    </message>
    <message>
        <source>the product&apos;s colour moved by ΔE {value} beyond the correction on record</source>
        <translation>die Produktfarbe hat sich über die verzeichnete Korrektur hinaus um ΔE {value} verschoben</translation>
    </message>
    <message>
        <source>{value} of the product no longer looks like the original</source>
        <translation>{value} des Produkts sehen nicht mehr aus wie im Original</translation>
    </message>
    <message>
        <source>{value} of the product is not built like the original</source>
        <translation>{value} des Produkts sind anders aufgebaut als im Original</translation>
    </message>
    <message>
        <source>a stamp, a watermark or a tag on the product; lines of text: {value}</source>
        <translation>ein Stempel, Wasserzeichen oder Etikett auf dem Produkt; Textzeilen: {value}</translation>
    </message>
    <message>
        <source>the product&apos;s pixels differ all over by {value} levels, as from coding</source>
        <translation>die Pixel des Produkts weichen überall um {value} Stufen ab, wie nach einer Kompression</translation>
    </message>
    <message>
        <source>{value} of the product burned out to full scale</source>
        <translation>{value} des Produkts sind ausgefressen</translation>
    </message>
    <message>
        <source>a fill lost {value} of the texture around it</source>
        <translation>einer Füllung fehlen {value} der Struktur ringsum</translation>
    </message>
    <message>
        <source>{value} of a fill repeats its surroundings</source>
        <translation>{value} einer Füllung wiederholen die Umgebung</translation>
    </message>
    <message>
        <source>a fill&apos;s border shows as a step of {value} levels</source>
        <translation>der Rand einer Füllung zeigt sich als Sprung um {value} Stufen</translation>
    </message>
    <message>
        <source>faint remains away from the product: {value} of its area</source>
        <translation>schwache Reste abseits des Produkts: {value} seiner Fläche</translation>
    </message>
    <message>
        <source>{value} of the product looks like shadow on the backdrop</source>
        <translation>{value} des Produkts sehen aus wie Schatten auf dem Hintergrund</translation>
    </message>
    <message>
        <source>the outline has no edge for {value} of the product&apos;s length, as where a shadow was kept</source>
        <translation>der Umriss hat auf {value} der Produktlänge keine Kante, wie dort, wo ein Schatten stehen blieb</translation>
    </message>
    <message>
        <source>{value} of the product cannot be told from the backdrop</source>
        <translation>{value} des Produkts sind vom Hintergrund nicht zu unterscheiden</translation>
    </message>
    <message>
        <source>with such readings {value} of results have a fault</source>
        <translation>bei solchen Messwerten haben {value} der Ergebnisse einen Fehler</translation>
    </message>
    <message>
        <source>the cut-out is {value} px too large along the outline</source>
        <translation>der Freisteller ist am Umriss {value} px zu groß</translation>
    </message>
    <message>
        <source>the cut-out is {value} px too small along the outline</source>
        <translation>der Freisteller ist am Umriss {value} px zu klein</translation>
    </message>
    <message>
        <source>the product has too few pixels and was enlarged</source>
        <translation>das Produkt hat zu wenige Pixel und wurde vergrößert</translation>
    </message>
    <message>
        <source>the product has too few pixels, even enlarged</source>
        <translation>das Produkt hat zu wenige Pixel, auch vergrößert</translation>
    </message>
    <message>
        <source>what lay beside the product was taken away; compare it with the original</source>
        <translation>was neben dem Produkt lag, wurde entfernt; bitte mit dem Original vergleichen</translation>
    </message>
    <message>
        <source>writing stands on the product; take it away by hand, or approve it as its own print</source>
        <translation>auf dem Produkt steht Schrift; von Hand entfernen oder als eigenen Aufdruck freigeben</translation>
    </message>
    <message>
        <source>this place of sale does not take such a file</source>
        <translation>dieser Verkaufsort nimmt eine solche Datei nicht</translation>
    </message>
    <message>
        <source>the file has too many bytes</source>
        <translation>die Datei hat zu viele Bytes</translation>
    </message>
    <message>
        <source>the picture has too few or too many pixels</source>
        <translation>das Bild hat zu wenige oder zu viele Pixel</translation>
    </message>
    <message>
        <source>width over height is not what the rules ask for</source>
        <translation>Breite zu Höhe entspricht nicht den Regeln</translation>
    </message>
    <message>
        <source>the file carries an orientation tag; pixels must stand upright</source>
        <translation>die Datei trägt eine Drehungsangabe; die Pixel müssen selbst aufrecht stehen</translation>
    </message>
    <message>
        <source>what is transparent does not fit the rules</source>
        <translation>die Durchsichtigkeit entspricht nicht den Regeln</translation>
    </message>
    <message>
        <source>its colours are not RGB</source>
        <translation>ihre Farben sind nicht RGB</translation>
    </message>
    <message>
        <source>it has too few bits per channel</source>
        <translation>sie hat zu wenige Bit je Kanal</translation>
    </message>
    <message>
        <source>it declares too few dpi</source>
        <translation>sie nennt zu wenige dpi</translation>
    </message>
    <message>
        <source>its colour profile is not the one the rules ask for</source>
        <translation>ihr Farbprofil ist nicht das geforderte</translation>
    </message>
    <message>
        <source>its name does not follow the rules</source>
        <translation>ihr Name folgt nicht den Regeln</translation>
    </message>
    <message>
        <source>pixels around the product are not white enough</source>
        <translation>Pixel um das Produkt sind nicht weiß genug</translation>
    </message>
    <message>
        <source>the background is not exactly white</source>
        <translation>der Hintergrund ist nicht genau weiß</translation>
    </message>
    <message>
        <source>the border is not exactly white</source>
        <translation>der Rand ist nicht genau weiß</translation>
    </message>
    <message>
        <source>the product touches the frame</source>
        <translation>das Produkt berührt den Rand</translation>
    </message>
    <message>
        <source>the product fills too much or too little of the frame</source>
        <translation>das Produkt füllt zu viel oder zu wenig vom Rahmen</translation>
    </message>
    <message>
        <source>not the expected number of products</source>
        <translation>nicht die erwartete Zahl von Produkten</translation>
    </message>
    <message>
        <source>as always for “{category}”</source>
        <translation>wie immer bei „{category}“</translation>
    </message>
    <message>
        <source>the product is cut off by the original&apos;s frame</source>
        <translation>das Produkt ist vom Rand des Originals abgeschnitten</translation>
    </message>
    <message>
        <source>the product has too few pixels and was enlarged {times} times</source>
        <translation>das Produkt hat zu wenige Pixel und wurde auf das {times}-Fache vergrößert</translation>
    </message>
    <message>
        <source>the product has too few pixels: {longest} px where {least} px are needed</source>
        <translation>das Produkt hat zu wenige Pixel: {longest} px, nötig sind {least} px</translation>
    </message>
    <message>
        <source>the product fills {share} of the frame</source>
        <translation>das Produkt füllt {share} des Rahmens</translation>
    </message>
    <message>
        <source>longest side {longest} px</source>
        <translation>längste Seite {longest} px</translation>
    </message>
    <message>
        <source>; {count} expected</source>
        <translation>; erwartet: {count}</translation>
    </message>
    <message>
        <source>it has {bytes} bytes; at most {most} are allowed</source>
        <translation>sie hat {bytes} Bytes; höchstens {most} sind erlaubt</translation>
    </message>
    <message>
        <source>it is a {format}; {platform} takes {formats}</source>
        <translation>sie ist ein {format}; {platform} nimmt {formats}</translation>
    </message>
    <message>
        <source>its colour profile is not the {space} that {platform} needs</source>
        <translation>ihr Farbprofil ist nicht {space}, wie {platform} es verlangt</translation>
    </message>
    <message>
        <source>; allowed is {low} to {high}</source>
        <translation>; erlaubt sind {low} bis {high}</translation>
    </message>
    <message>
        <source>it is {width} × {height} px</source>
        <translation>sie hat {width} × {height} px</translation>
    </message>
    <message>
        <source>; at least {least} px are needed</source>
        <translation>; mindestens {least} px sind nötig</translation>
    </message>
    <message>
        <source>; at most {most} px are allowed</source>
        <translation>; höchstens {most} px sind erlaubt</translation>
    </message>
</context>
<context>
    <name>GoTo</name>
    <message>
        <source>Go to an image</source>
        <translation>Zu einem Bild gehen</translation>
    </message>
    <message>
        <source>Place in the list, SKU or file name</source>
        <translation>Platz in der Liste, SKU oder Dateiname</translation>
    </message>
    <message>
        <source>No image is called “{text}”; type a place from 1 to {last}, a SKU or a file name.</source>
        <translation>Kein Bild heißt „{text}“; geben Sie einen Platz von 1 bis {last}, eine SKU oder einen Dateinamen ein.</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>SKU</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>No row of the sheet speaks of it</source>
        <translation>Keine Zeile der Tabelle nennt es</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>With a row</source>
        <translation>Mit Zeile</translation>
    </message>
    <message>
        <source>Without a row</source>
        <translation>Ohne Zeile</translation>
    </message>
    <message>
        <source>Unusable</source>
        <translation>Unbrauchbar</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Fotos aufnehmen</translation>
    </message>
    <message>
        <source>What is wrong with files and rows</source>
        <translation>Was an Dateien und Zeilen nicht stimmt</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>What the batch is called; one of that name gets a number behind it</source>
        <translation>Wie der Stapel heißt; gibt es den Namen schon, folgt eine Zahl</translation>
    </message>
    <message>
        <source>Whose photos these are; a row of the sheet may say otherwise</source>
        <translation>Wessen Fotos es sind; eine Zeile der Tabelle kann anderes sagen</translation>
    </message>
    <message>
        <source>Choose a sheet…</source>
        <translation>Tabelle wählen …</translation>
    </message>
    <message>
        <source>A table (CSV) with file, SKU, category and tags of each photo</source>
        <translation>Eine Tabelle (CSV) mit Datei, SKU, Kategorie und Schlagwörtern jedes Fotos</translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation>Nur diese zeigen</translation>
    </message>
    <message>
        <source>Photos of this drop</source>
        <translation>Fotos dieser Lieferung</translation>
    </message>
    <message>
        <source>Copy the photos into the studio and process them  (Return)</source>
        <translation>Die Fotos ins Studio kopieren und bearbeiten  (Eingabe)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Add nothing  (Esc)</source>
        <translation>Nichts aufnehmen  (Esc)</translation>
    </message>
    <message>
        <source>Add and process</source>
        <translation>Aufnehmen und bearbeiten</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt);;All files (*)</source>
        <translation>Tabellen (*.csv *.tsv *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose the sheet of these photos</source>
        <translation>Die Tabelle dieser Fotos wählen</translation>
    </message>
    <message>
        <source>There is no photo here; choose another folder.</source>
        <translation>Hier ist kein Foto; wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>What cannot be used is listed among the rejected, with its sentence.</source>
        <translation>Unbrauchbares steht mit seiner Begründung bei den Abgelehnten.</translation>
    </message>
    <message>
        <source>The originals are copied and never changed.</source>
        <translation>Die Originale werden kopiert und nie verändert.</translation>
    </message>
    <message>
        <source>No sheet.csv beside the photos</source>
        <translation>Keine sheet.csv bei den Fotos</translation>
    </message>
    <message>
        <source>Rows from {names}</source>
        <translation>Zeilen aus {names}</translation>
    </message>
    <message>
        <source>Another sheet…</source>
        <translation>Andere Tabelle …</translation>
    </message>
    <message>
        <source>{name} and {more} more</source>
        <translation>{name} und {more} weitere</translation>
    </message>
    <message>
        <source>Looking at {where}</source>
        <translation>{where} wird angesehen</translation>
    </message>
</context>
<context>
    <name>Judged</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Rules of</source>
        <translation>Regeln von</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>wird geprüft …</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>besteht</translation>
    </message>
    <message>
        <source>fails</source>
        <translation>besteht nicht</translation>
    </message>
    <message>
        <source>elsewhere</source>
        <translation>von anderswo</translation>
    </message>
    <message>
        <source>Check finished files</source>
        <translation>Fertige Dateien prüfen</translation>
    </message>
    <message>
        <source>By whose rules the files are judged</source>
        <translation>Nach wessen Regeln die Dateien beurteilt werden</translation>
    </message>
    <message>
        <source>Where each was delivered to</source>
        <translation>Wohin jede geliefert wurde</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Choose finished files; dropping them here does the same</source>
        <translation>Fertige Dateien wählen; sie hierher zu ziehen tut dasselbe</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Show the chosen file beside the original it was made from</source>
        <translation>Die gewählte Datei neben dem Original zeigen, aus dem sie entstand</translation>
    </message>
    <message>
        <source>Mark faults</source>
        <translation>Fehler markieren</translation>
    </message>
    <message>
        <source>Mark every background pixel that is not exactly white</source>
        <translation>Jedes Hintergrundpixel markieren, das nicht genau weiß ist</translation>
    </message>
    <message>
        <source>Finished files and what was found in them</source>
        <translation>Fertige Dateien und was in ihnen gefunden wurde</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Finished files to check</source>
        <translation>Fertige Dateien, die geprüft werden sollen</translation>
    </message>
    <message>
        <source>Drop finished files here; each is judged as it decodes.</source>
        <translation>Ziehen Sie fertige Dateien hierher; beurteilt wird, was sich aus ihren Bytes ergibt.</translation>
    </message>
    <message>
        <source>This file did not leave this studio, so only its own pixels can be judged.</source>
        <translation>Diese Datei kam nicht aus diesem Studio; nur ihre eigenen Pixel lassen sich beurteilen.</translation>
    </message>
    <message>
        <source>cannot be told without a mask: {what}</source>
        <translation>ohne Maske nicht zu sagen: {what}</translation>
    </message>
    <message>
        <source>The chosen file as it decodes</source>
        <translation>Die gewählte Datei, dekodiert</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>leave or go on</source>
        <translation>verlassen oder weitergehen</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Navigieren</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>, held</source>
        <translation>, gehalten</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Another key</source>
        <translation>Andere Taste</translation>
    </message>
    <message>
        <source>Click here, then press the key</source>
        <translation>Hier klicken, dann die Taste drücken</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>The command has this key instead of its keys</source>
        <translation>Der Befehl hat diese Taste statt der bisherigen</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>Dazu</translation>
    </message>
    <message>
        <source>The command has this key beside its keys</source>
        <translation>Der Befehl hat diese Taste zusätzlich</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>The command has its shipped keys again</source>
        <translation>Der Befehl hat wieder seine Standardtasten</translation>
    </message>
    <message>
        <source>All shipped</source>
        <translation>Alle Standard</translation>
    </message>
    <message>
        <source>All commands have their shipped keys</source>
        <translation>Alle Befehle wie ausgeliefert</translation>
    </message>
    <message>
        <source>All commands have their shipped keys.</source>
        <translation>Alle Befehle haben ihre Standardtasten.</translation>
    </message>
    <message>
        <source>Click into the field and press a key first.</source>
        <translation>Klicken Sie erst in das Feld und drücken Sie eine Taste.</translation>
    </message>
    <message>
        <source>{key} already means “{title}”; choose another key or change that one first.</source>
        <translation>{key} bedeutet schon „{title}“; wählen Sie eine andere Taste oder ändern Sie erst jene.</translation>
    </message>
    <message>
        <source>“{title}” is {keys} now.</source>
        <translation>„{title}“ ist jetzt {keys}.</translation>
    </message>
</context>
<context>
    <name>Listing</name>
    <message>
        <source>As a shopper sees it</source>
        <translation>Wie Käufer es sehen</translation>
    </message>
    <message>
        <source>The place of sale whose file is shown</source>
        <translation>Der Verkaufsort, dessen Datei gezeigt wird</translation>
    </message>
    <message>
        <source>Place of sale</source>
        <translation>Verkaufsort</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>Suchergebnisse</translation>
    </message>
    <message>
        <source>Product page</source>
        <translation>Produktseite</translation>
    </message>
    <message>
        <source>Dark page</source>
        <translation>Dunkle Seite</translation>
    </message>
    <message>
        <source>How it looks on a shop&apos;s dark page  (D)</source>
        <translation>Wie es auf der dunklen Seite eines Shops aussieht  (D)</translation>
    </message>
    <message>
        <source>Making the file…</source>
        <translation>Die Datei wird erzeugt …</translation>
    </message>
    <message>
        <source>The picture as a shopper sees it</source>
        <translation>Das Bild, wie Käufer es sehen</translation>
    </message>
    <message>
        <source>{file} is not taken by {platform}: {why}</source>
        <translation>{file} wird von {platform} nicht angenommen: {why}</translation>
    </message>
    <message>
        <source>{file} passes for {platform}: {format}, {width} × {height} px, {bytes} bytes</source>
        <translation>{file} besteht für {platform}: {format}, {width} × {height} px, {bytes} Bytes</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Nacharbeit</translation>
    </message>
    <message>
        <source>Sign-off</source>
        <translation>Abnahme</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Wofür</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Cut-out networks</source>
        <translation>Freistell-Netze</translation>
    </message>
    <message>
        <source>The embedded network ships with Whitepoint. Others bring licences of their own; nothing is downloaded from here, and a file that is not the published one is refused.</source>
        <translation>Das eingebaute Netz gehört zu Whitepoint. Andere bringen eigene Lizenzen mit; von hier wird nichts heruntergeladen, und eine Datei, die nicht die veröffentlichte ist, wird abgelehnt.</translation>
    </message>
    <message>
        <source>Install from a file…</source>
        <translation>Aus Datei installieren …</translation>
    </message>
    <message>
        <source>Bring in the chosen network&apos;s file, and check it</source>
        <translation>Die Datei des gewählten Netzes hereinholen und prüfen</translation>
    </message>
    <message>
        <source>Check all</source>
        <translation>Alle prüfen</translation>
    </message>
    <message>
        <source>Hash every installed file again</source>
        <translation>Jede installierte Datei erneut prüfen</translation>
    </message>
    <message>
        <source>Looking at the installed files</source>
        <translation>Die installierten Dateien werden angesehen</translation>
    </message>
    <message>
        <source>Hashing the installed files</source>
        <translation>Die installierten Dateien werden geprüft</translation>
    </message>
    <message>
        <source>Choose a network in the table first.</source>
        <translation>Wählen Sie erst ein Netz in der Tabelle.</translation>
    </message>
    <message>
        <source>Choose the file of {name}</source>
        <translation>Die Datei von {name} wählen</translation>
    </message>
    <message>
        <source>Networks (*.onnx);;All files (*)</source>
        <translation>Netze (*.onnx);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>{name} is copied and checked</source>
        <translation>{name} wird kopiert und geprüft</translation>
    </message>
    <message>
        <source>{name} is installed.</source>
        <translation>{name} ist installiert.</translation>
    </message>
    <message>
        <source>Every installed file is as its publisher names it.</source>
        <translation>Jede installierte Datei ist die, die ihr Herausgeber nennt.</translation>
    </message>
</context>
<context>
    <name>Platforms</name>
    <message>
        <source>Amazon, main image</source>
        <translation>Amazon, Hauptbild</translation>
    </message>
    <message>
        <source>Amazon, further images</source>
        <translation>Amazon, weitere Bilder</translation>
    </message>
    <message>
        <source>Shopify</source>
        <translation>Shopify</translation>
    </message>
    <message>
        <source>Google Shopping</source>
        <translation>Google Shopping</translation>
    </message>
    <message>
        <source>Printed catalogue</source>
        <translation>Gedruckter Katalog</translation>
    </message>
    <message>
        <source>eBay</source>
        <translation>eBay</translation>
    </message>
    <message>
        <source>Walmart</source>
        <translation>Walmart</translation>
    </message>
    <message>
        <source>Zalando</source>
        <translation>Zalando</translation>
    </message>
    <message>
        <source>Etsy</source>
        <translation>Etsy</translation>
    </message>
    <message>
        <source>Meta shop</source>
        <translation>Meta-Shop</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>Halo or fringe</source>
        <translation>Saum oder Farbrand</translation>
    </message>
    <message>
        <source>Background left over</source>
        <translation>Hintergrundrest</translation>
    </message>
    <message>
        <source>Product bitten off</source>
        <translation>Produkt beschnitten</translation>
    </message>
    <message>
        <source>Colour wrong</source>
        <translation>Farbe falsch</translation>
    </message>
    <message>
        <source>Crop or centring</source>
        <translation>Ausschnitt oder Zentrierung</translation>
    </message>
    <message>
        <source>Artifact</source>
        <translation>Artefakt</translation>
    </message>
    <message>
        <source>Out of focus</source>
        <translation>Unscharf</translation>
    </message>
    <message>
        <source>Wrong product</source>
        <translation>Falsches Produkt</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Client changed their mind</source>
        <translation>Kunde will es anders</translation>
    </message>
</context>
<context>
    <name>Release</name>
    <message>
        <source>In the audit</source>
        <translation>In der Stichprobe</translation>
    </message>
    <message>
        <source>May leave</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Called back</source>
        <translation>Zurückgerufen</translation>
    </message>
    <message>
        <source>Wave</source>
        <translation>Welle</translation>
    </message>
    <message>
        <source>Of the batch</source>
        <translation>Vom Stapel</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Angesehen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>What the sample says</source>
        <translation>Was die Stichprobe sagt</translation>
    </message>
    <message>
        <source>more of it</source>
        <translation>mehr davon</translation>
    </message>
    <message>
        <source>This batch leaves without waves until a first sample is drawn.</source>
        <translation>Dieser Stapel geht ohne Wellen hinaus, bis eine erste Stichprobe gezogen wird.</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Release of “{batch}”</source>
        <translation>Freigabe von „{batch}“</translation>
    </message>
    <message>
        <source>Draw the next sample</source>
        <translation>Nächste Stichprobe ziehen</translation>
    </message>
    <message>
        <source>Show the audit queue</source>
        <translation>Stichprobe ansehen</translation>
    </message>
    <message>
        <source>Call the batch back…</source>
        <translation>Stapel zurückrufen …</translation>
    </message>
    <message>
        <source>Waves of the batch</source>
        <translation>Wellen des Stapels</translation>
    </message>
    <message>
        <source>Why? It stands in the recall list.</source>
        <translation>Warum? Es steht in der Rückrufliste.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Release wave {number}</source>
        <translation>Welle {number} freigeben</translation>
    </message>
    <message>
        <source>Call wave {number} back…</source>
        <translation>Welle {number} zurückrufen …</translation>
    </message>
    <message>
        <source>Call all of “{batch}” back? Its images wait again; nothing is deleted.</source>
        <translation>Alles aus „{batch}“ zurückrufen? Die Bilder warten wieder; gelöscht wird nichts.</translation>
    </message>
    <message>
        <source>Call wave {number} back? Its images wait again; nothing is deleted.</source>
        <translation>Welle {number} zurückrufen? Ihre Bilder warten wieder; gelöscht wird nichts.</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Zurückrufen</translation>
    </message>
    <message>
        <source>{bad} of {looked} bad</source>
        <translation>{bad} von {looked} fehlerhaft</translation>
    </message>
    <message>
        <source>every image was looked at: those that were found good may leave</source>
        <translation>jedes Bild wurde angesehen: was gut befunden wurde, darf hinaus</translation>
    </message>
    <message>
        <source>: at most {bound} at {sure}, {limit} are allowed</source>
        <translation>: höchstens {bound} bei {sure} Sicherheit, erlaubt sind {limit}</translation>
    </message>
    <message>
        <source>: up to {bound} of the batch may be at {sure}, {limit} are allowed</source>
        <translation>: bis zu {bound} des Stapels können es sein, bei {sure} Sicherheit; erlaubt sind {limit}</translation>
    </message>
    <message>
        <source>so few cannot tell</source>
        <translation>so wenige sagen noch nichts</translation>
    </message>
</context>
<context>
    <name>Retouch</name>
    <message>
        <source>{name} has this image open; wait for them, or a senior takes it over (Ctrl+T).</source>
        <translation>{name} hat dieses Bild offen; warten Sie, oder ein Senior übernimmt es (Strg+T).</translation>
    </message>
    <message>
        <source>Paint over what the fill shall replace first (J).</source>
        <translation>Übermalen Sie erst, was die Füllung ersetzen soll (J).</translation>
    </message>
    <message>
        <source>The hole is not filled yet: Enter fills it and Enter again accepts it, or undo it.</source>
        <translation>Das Loch ist noch nicht gefüllt: Eingabe füllt es, nochmals Eingabe übernimmt es; oder nehmen Sie es zurück.</translation>
    </message>
    <message>
        <source>Sign in first, so that the version can say who made it.</source>
        <translation>Melden Sie sich erst an, damit die Version sagen kann, wer sie gemacht hat.</translation>
    </message>
    <message>
        <source>The new version of {file} is being made.</source>
        <translation>Die neue Version von {file} entsteht.</translation>
    </message>
    <message>
        <source>Older strokes are kept no more; start again from the last version.</source>
        <translation>Ältere Striche sind nicht mehr da; beginnen Sie mit der letzten Version.</translation>
    </message>
    <message>
        <source>Filling…</source>
        <translation>Füllt …</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Brush that adds to the product</source>
        <translation>Pinsel, der zum Produkt hinzufügt</translation>
    </message>
    <message>
        <source>Brush that erases from the product</source>
        <translation>Pinsel, der vom Produkt wegnimmt</translation>
    </message>
    <message>
        <source>Strokes stop at the object&apos;s edge, or not</source>
        <translation>Striche enden am Rand des Objekts, oder nicht</translation>
    </message>
    <message>
        <source>Swap product and background</source>
        <translation>Produkt und Hintergrund vertauschen</translation>
    </message>
    <message>
        <source>Empty the mask</source>
        <translation>Maske leeren</translation>
    </message>
    <message>
        <source>Drag roughly over the object: it is added up to its edge.</source>
        <translation>Grob über das Objekt ziehen: Es kommt bis zu seinem Rand dazu.</translation>
    </message>
    <message>
        <source>Drag roughly over what is too much: it is erased up to its edge.</source>
        <translation>Grob über das ziehen, was zu viel ist: Es wird bis zu seinem Rand entfernt.</translation>
    </message>
    <message>
        <source>Up to the edge</source>
        <translation>Bis zum Rand</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Paint what a fill shall replace</source>
        <translation>Malen, was eine Füllung ersetzen soll</translation>
    </message>
    <message>
        <source>Swap adding and erasing</source>
        <translation>Hinzufügen und Wegnehmen tauschen</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>Größerer Pinsel</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>Kleinerer Pinsel</translation>
    </message>
    <message>
        <source>Harder rim</source>
        <translation>Härterer Rand</translation>
    </message>
    <message>
        <source>Softer rim</source>
        <translation>Weicherer Rand</translation>
    </message>
    <message>
        <source>Red over the background, or the result on white</source>
        <translation>Rot über dem Hintergrund, oder das Ergebnis auf Weiß</translation>
    </message>
    <message>
        <source>Next ground: white, grey, black, checker, mask, outline</source>
        <translation>Nächster Grund: Weiß, Grau, Schwarz, Karo, Maske, Umriss</translation>
    </message>
    <message>
        <source>The mask alone</source>
        <translation>Nur die Maske</translation>
    </message>
    <message>
        <source>Undo the last step</source>
        <translation>Letzten Schritt rückgängig machen</translation>
    </message>
    <message>
        <source>Redo the step</source>
        <translation>Schritt wiederholen</translation>
    </message>
    <message>
        <source>Fill the hole, then accept the fill</source>
        <translation>Das Loch füllen, dann die Füllung übernehmen</translation>
    </message>
    <message>
        <source>Fill again with the next engine</source>
        <translation>Mit dem nächsten Verfahren erneut füllen</translation>
    </message>
    <message>
        <source>Show the fill, or the original under it</source>
        <translation>Die Füllung zeigen, oder das Original darunter</translation>
    </message>
    <message>
        <source>All of it, or 1:1 at the pointer</source>
        <translation>Alles, oder 1:1 am Zeiger</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>1:1, one pixel on one pixel</source>
        <translation>1:1, ein Pixel auf ein Pixel</translation>
    </message>
    <message>
        <source>200%</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>Further away</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>Save as a new version</source>
        <translation>Als neue Version speichern</translation>
    </message>
    <message>
        <source>Leave; the strokes are kept</source>
        <translation>Verlassen; die Striche bleiben</translation>
    </message>
    <message>
        <source>Each tool works on the photo as it was opened. Saving applies them one after the other: fill, spots, clean-up, inside photo, colours.</source>
        <translation>Jedes Werkzeug arbeitet am Foto, wie es geöffnet wurde. Beim Speichern folgt eines aufs andere: Füllung, Flecken, Säuberung, Innenfoto, Farben.</translation>
    </message>
    <message>
        <source>Red background</source>
        <translation>Roter Hintergrund</translation>
    </message>
    <message>
        <source>On white</source>
        <translation>Auf Weiß</translation>
    </message>
    <message>
        <source>On grey</source>
        <translation>Auf Grau</translation>
    </message>
    <message>
        <source>On black</source>
        <translation>Auf Schwarz</translation>
    </message>
    <message>
        <source>On checker</source>
        <translation>Auf Karo</translation>
    </message>
    <message>
        <source>Mask alone</source>
        <translation>Nur Maske</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Umriss</translation>
    </message>
    <message>
        <source>saving joins them</source>
        <translation>Speichern fügt sie zusammen</translation>
    </message>
    <message>
        <source>Drag: adds to the product. Alt erases, Shift draws straight, Space moves.</source>
        <translation>Ziehen: fügt hinzu. Alt nimmt weg, Umschalt zieht gerade, Leertaste verschiebt.</translation>
    </message>
    <message>
        <source>Drag: erases from the product. X swaps, Shift draws straight, Space moves.</source>
        <translation>Ziehen: nimmt weg. X tauscht, Umschalt zieht gerade, Leertaste verschiebt.</translation>
    </message>
    <message>
        <source>Drag: marks what the fill replaces. Alt unmarks; Enter fills it.</source>
        <translation>Ziehen: markiert, was die Füllung ersetzt. Alt hebt auf; Eingabe füllt.</translation>
    </message>
    <message>
        <source>Drag: unmarks what the fill replaces. X swaps; Enter fills it.</source>
        <translation>Ziehen: hebt die Markierung auf. X tauscht; Eingabe füllt.</translation>
    </message>
    <message>
        <source>Click: a straight line from where the last stroke ended.</source>
        <translation>Klick: eine gerade Linie vom Ende des letzten Strichs.</translation>
    </message>
    <message>
        <source>Drag: moves the picture. The wheel zooms.</source>
        <translation>Ziehen: verschiebt das Bild. Das Rad zoomt.</translation>
    </message>
    <message>
        <source>To the right: a larger brush. Up: a harder rim.</source>
        <translation>Nach rechts: größerer Pinsel. Nach oben: härterer Rand.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>Härte</translation>
    </message>
    <message>
        <source>How much the brush covers  (1 to 9, 0 for all)</source>
        <translation>Wie stark der Pinsel deckt  (1 bis 9, 0 für ganz)</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>How the mask is shown</source>
        <translation>Wie die Maske gezeigt wird</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>How the hole is filled</source>
        <translation>Wie das Loch gefüllt wird</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Try another</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>What suits the place</source>
        <translation>Was zur Stelle passt</translation>
    </message>
    <message>
        <source>Smooth, all 16 bits</source>
        <translation>Glatt, alle 16 Bit</translation>
    </message>
    <message>
        <source>Patches (keeps texture)</source>
        <translation>Flicken (behält Struktur)</translation>
    </message>
    <message>
        <source>Smooth, from the rim</source>
        <translation>Glatt, vom Rand her</translation>
    </message>
    <message>
        <source>Smooth, along lines</source>
        <translation>Glatt, entlang von Linien</translation>
    </message>
    <message>
        <source>LaMa, a network (invents)</source>
        <translation>LaMa, ein Netz (erfindet)</translation>
    </message>
    <message>
        <source>MI-GAN, a network (invents)</source>
        <translation>MI-GAN, ein Netz (erfindet)</translation>
    </message>
    <message>
        <source>The fill is taken over.</source>
        <translation>Die Füllung ist übernommen.</translation>
    </message>
    <message>
        <source>Judging the fill…</source>
        <translation>Füllung wird beurteilt …</translation>
    </message>
    <message>
        <source>Texture {texture}, seam {seam} levels, repeats {repeats}</source>
        <translation>Struktur {texture}, Naht {seam} Stufen, Wiederholungen {repeats}</translation>
    </message>
    <message>
        <source>A new version of {file} is there.</source>
        <translation>Eine neue Version von {file} ist da.</translation>
    </message>
    <message>
        <source>New version of {file}: {score} points, before {before}.</source>
        <translation>Neue Version von {file}: {score} Punkte, vorher {before}.</translation>
    </message>
    <message>
        <source>Somebody else signs it off.</source>
        <translation>Jemand anderes zeichnet gegen.</translation>
    </message>
    <message>
        <source>Original to paint on</source>
        <translation>Original zum Bemalen</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Alt, drag</source>
        <translation>Alt, ziehen</translation>
    </message>
    <message>
        <source>Erase where it adds, add where it erases</source>
        <translation>Wegnehmen statt hinzufügen, und umgekehrt</translation>
    </message>
    <message>
        <source>Shift, click</source>
        <translation>Umschalt, Klick</translation>
    </message>
    <message>
        <source>Straight on from the last stroke</source>
        <translation>Gerade weiter vom letzten Strich</translation>
    </message>
    <message>
        <source>Alt, right drag</source>
        <translation>Alt, rechts ziehen</translation>
    </message>
    <message>
        <source>Size to the right, hardness up</source>
        <translation>Größe nach rechts, Härte nach oben</translation>
    </message>
    <message>
        <source>Space, drag</source>
        <translation>Leertaste, ziehen</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Bild bewegen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Rad</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Am Zeiger zoomen</translation>
    </message>
    <message>
        <source>1 to 9, 0</source>
        <translation>1 bis 9, 0</translation>
    </message>
    <message>
        <source>Opacity 10% to 90%, 100%</source>
        <translation>Deckkraft 10 % bis 90 %, 100 %</translation>
    </message>
    <message>
        <source>Tab, held</source>
        <translation>Tab, gehalten</translation>
    </message>
    <message>
        <source>The original alone</source>
        <translation>Nur das Original</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Ausbessern</translation>
    </message>
    <message>
        <source>Paint over the mannequin first: the inside photo shows in its place.</source>
        <translation>Übermale zuerst die Puppe: an ihrer Stelle zeigt sich das Innenfoto.</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>Take away stamps, tags and watermarks</source>
        <translation>Stempel, Schilder und Wasserzeichen entfernen</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>Nächste Stelle</translation>
    </message>
    <message>
        <source>Place before</source>
        <translation>Vorige Stelle</translation>
    </message>
    <message>
        <source>Take it away, next place</source>
        <translation>Entfernen, nächste Stelle</translation>
    </message>
    <message>
        <source>Leave it, next place</source>
        <translation>Stehen lassen, nächste Stelle</translation>
    </message>
    <message>
        <source>date stamp</source>
        <translation>Datumsstempel</translation>
    </message>
    <message>
        <source>price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>watermark</source>
        <translation>Wasserzeichen</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>Schild</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Nothing was found to take away; paint it with the fill (J).</source>
        <translation>Nichts zu entfernen gefunden; übermale es mit der Füllung (J).</translation>
    </message>
    <message>
        <source>Enter takes the outlined place away, Backspace leaves it, . and , step.</source>
        <translation>Enter entfernt die umrandete Stelle, Rückschritt lässt sie stehen, . und , gehen weiter.</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Stehen lassen</translation>
    </message>
    <message>
        <source>Looking for stamps, tags and watermarks…</source>
        <translation>Suche nach Stempeln, Schildern und Wasserzeichen …</translation>
    </message>
    <message>
        <source>{at} of {count}: {what}</source>
        <translation>{at} von {count}: {what}</translation>
    </message>
    <message>
        <source>On the product: only if it is none of its own print.</source>
        <translation>Auf dem Produkt: nur, wenn es nicht sein eigener Aufdruck ist.</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Bleibt</translation>
    </message>
    <message>
        <source>{count} places taken away</source>
        <translation>{count} Stellen entfernt</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Colours of the product</source>
        <translation>Farben des Produkts</translation>
    </message>
    <message>
        <source>Lighter</source>
        <translation>Heller</translation>
    </message>
    <message>
        <source>Darker</source>
        <translation>Dunkler</translation>
    </message>
    <message>
        <source>The photo&apos;s own colours</source>
        <translation>Die Farben des Fotos</translation>
    </message>
    <message>
        <source>Reds</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Oranges</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Yellows</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Greens</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Cyans</source>
        <translation>Cyan</translation>
    </message>
    <message>
        <source>Blues</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Purples</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Click something that is grey or white in truth: the product&apos;s light follows it.</source>
        <translation>Klicke auf etwas, das in Wahrheit grau oder weiß ist: das Licht des Produkts richtet sich danach.</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>Farbton</translation>
    </message>
    <message>
        <source>Which colours are turned</source>
        <translation>Welche Farben gedreht werden</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Drehung</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Sättigung</translation>
    </message>
    <message>
        <source>Lightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Reference L a b</source>
        <translation>Referenz L a b</translation>
    </message>
    <message>
        <source>Reference L*a*b*</source>
        <translation>Referenz L*a*b*</translation>
    </message>
    <message>
        <source>Take the reference from a place of another photo</source>
        <translation>Die Vorgabe von einer Stelle eines anderen Fotos nehmen</translation>
    </message>
    <message>
        <source>Photo…</source>
        <translation>Foto …</translation>
    </message>
    <message>
        <source>Give three numbers: L* a* b*, for example 52 18 -6.</source>
        <translation>Gib drei Zahlen an: L* a* b*, zum Beispiel 52 18 -6.</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>In the photo</source>
        <translation>Im Foto</translation>
    </message>
    <message>
        <source>ΔE00 {value}</source>
        <translation>ΔE00 {value}</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Übertragen</translation>
    </message>
    <message>
        <source>Copy this repair to other photos</source>
        <translation>Diese Reparatur auf andere Fotos übertragen</translation>
    </message>
    <message>
        <source>Copy to what is chosen</source>
        <translation>Auf die Auswahl übertragen</translation>
    </message>
    <message>
        <source>Enter copies the saved repair; every copy waits for somebody to confirm it.</source>
        <translation>Enter überträgt die gespeicherte Reparatur; jede Kopie wartet auf eine Bestätigung.</translation>
    </message>
    <message>
        <source>Copy to</source>
        <translation>Übertragen auf</translation>
    </message>
    <message>
        <source>Which photos get the same repair</source>
        <translation>Welche Fotos dieselbe Reparatur bekommen</translation>
    </message>
    <message>
        <source>{file} has its copy.</source>
        <translation>{file} hat seine Kopie.</translation>
    </message>
    <message>
        <source>There is nothing to copy yet.</source>
        <translation>Noch gibt es nichts zu übertragen.</translation>
    </message>
    <message>
        <source>Repair this photo and save it first; then its repair can be copied.</source>
        <translation>Repariere und speichere zuerst dieses Foto; dann lässt sich die Reparatur übertragen.</translation>
    </message>
    <message>
        <source>No other photo of this camera position has the same size.</source>
        <translation>Kein anderes Foto dieser Kameraposition ist gleich groß.</translation>
    </message>
    <message>
        <source>Ghost mannequin</source>
        <translation>Hohlpuppe</translation>
    </message>
    <message>
        <source>Put an inside photo in place of the mannequin</source>
        <translation>Ein Innenfoto an die Stelle der Puppe setzen</translation>
    </message>
    <message>
        <source>Paint the place, or lay the photo in it</source>
        <translation>Die Stelle übermalen oder das Foto hineinlegen</translation>
    </message>
    <message>
        <source>Drag: moves the inside photo. A ring bends it; arrows move by a pixel.</source>
        <translation>Ziehen: verschiebt das Innenfoto. Ein Ring biegt es; Pfeile verschieben um ein Pixel.</translation>
    </message>
    <message>
        <source>Drag over the mannequin: the inside photo shows there. Enter lays it.</source>
        <translation>Über die Puppe ziehen: dort zeigt sich das Innenfoto. Enter legt es hinein.</translation>
    </message>
    <message>
        <source>Drag: the product&apos;s front stays there. X swaps.</source>
        <translation>Ziehen: dort bleibt die Vorderseite des Produkts. X wechselt.</translation>
    </message>
    <message>
        <source>Inside photo</source>
        <translation>Innenfoto</translation>
    </message>
    <message>
        <source>The photo that shows the inside</source>
        <translation>Das Foto, das die Innenseite zeigt</translation>
    </message>
    <message>
        <source>Lay it</source>
        <translation>Einlegen</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Weich</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Angleichen</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>The inside photo is still being laid; save in a moment.</source>
        <translation>Das Innenfoto wird noch eingelegt; speichere gleich.</translation>
    </message>
    <message>
        <source>Reference colour</source>
        <translation>Farbvorgabe</translation>
    </message>
    <message>
        <source>A photo of this batch whose colour is right</source>
        <translation>Ein Foto dieses Stapels, dessen Farbe stimmt</translation>
    </message>
    <message>
        <source>Photo of this batch</source>
        <translation>Foto dieses Stapels</translation>
    </message>
    <message>
        <source>Other file…</source>
        <translation>Andere Datei …</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>This batch has no other photo; choose a file.</source>
        <translation>Dieser Stapel hat kein anderes Foto; wählen Sie eine Datei.</translation>
    </message>
    <message>
        <source>A photo whose colour is right</source>
        <translation>Ein Foto, dessen Farbe stimmt</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <translation>Lese {file} …</translation>
    </message>
    <message>
        <source>Paint on</source>
        <translation>Weiter malen</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>Haare</translation>
    </message>
    <message>
        <source>Hair and fur, solved where you paint</source>
        <translation>Haare und Fell, freigestellt wo gemalt wird</translation>
    </message>
    <message>
        <source>Before the last hair, and after it</source>
        <translation>Vor den letzten Haaren und danach</translation>
    </message>
    <message>
        <source>This is the matte before the last hair.</source>
        <translation>Dies ist die Maske vor den letzten Haaren.</translation>
    </message>
    <message>
        <source>Drag over hair, from the body to beyond its tips: it is cut out again.</source>
        <translation>Über Haare ziehen, vom Körper bis über die Spitzen: Sie werden neu freigestellt.</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>Vorher und nachher</translation>
    </message>
    <message>
        <source>Solving the hair…</source>
        <translation>Die Haare werden freigestellt …</translation>
    </message>
    <message>
        <source>The hair is cut out again.</source>
        <translation>Die Haare sind neu freigestellt.</translation>
    </message>
    <message>
        <source>Heal</source>
        <translation>Heilen</translation>
    </message>
    <message>
        <source>Spot brush that heals dust and scratches</source>
        <translation>Fleckenpinsel, der Staub und Kratzer heilt</translation>
    </message>
    <message>
        <source>Clone from another place</source>
        <translation>Von einer anderen Stelle klonen</translation>
    </message>
    <message>
        <source>Soften a reflection</source>
        <translation>Eine Spiegelung dämpfen</translation>
    </message>
    <message>
        <source>Look for dust and scratches</source>
        <translation>Nach Staub und Kratzern suchen</translation>
    </message>
    <message>
        <source>Next speck</source>
        <translation>Nächster Fleck</translation>
    </message>
    <message>
        <source>Speck before</source>
        <translation>Voriger Fleck</translation>
    </message>
    <message>
        <source>Heal this speck, next one</source>
        <translation>Diesen Fleck heilen, zum nächsten</translation>
    </message>
    <message>
        <source>Click: pixels come from here.</source>
        <translation>Klick: von hier kommen die Pixel.</translation>
    </message>
    <message>
        <source>Drag over a reflection: its light sinks towards the metal around it.</source>
        <translation>Über eine Spiegelung ziehen: ihr Licht sinkt zum Metall ringsum.</translation>
    </message>
    <message>
        <source>Alt+click: where pixels come from. Then drag.</source>
        <translation>Alt+Klick: woher die Pixel kommen. Dann ziehen.</translation>
    </message>
    <message>
        <source>Drag: copies from the cross. Alt+click moves it.</source>
        <translation>Ziehen: kopiert vom Kreuz. Alt+Klick versetzt es.</translation>
    </message>
    <message>
        <source>Drag over a spot: it is healed from beside it. Alt+click chooses the source.</source>
        <translation>Über einen Fleck ziehen: er wird von nebenan geheilt. Alt+Klick wählt die Quelle.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>How far a reflection is softened</source>
        <translation>Wie weit eine Spiegelung gedämpft wird</translation>
    </message>
    <message>
        <source>Find dust</source>
        <translation>Staub suchen</translation>
    </message>
    <message>
        <source>Heal it</source>
        <translation>Heilen</translation>
    </message>
    <message>
        <source>Looking for dust…</source>
        <translation>Suche nach Staub …</translation>
    </message>
    <message>
        <source>Alt+click first where the pixels shall come from.</source>
        <translation>Zuerst Alt+Klick dorthin, woher die Pixel kommen sollen.</translation>
    </message>
    <message>
        <source>{at} of {count} places</source>
        <translation>{at} von {count} Stellen</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>Feder</translation>
    </message>
    <message>
        <source>Pen: a clipping path</source>
        <translation>Feder: ein Beschneidungspfad</translation>
    </message>
    <message>
        <source>A path around the mask as it is</source>
        <translation>Ein Pfad um die Maske, wie sie ist</translation>
    </message>
    <message>
        <source>Cut the mask along the path</source>
        <translation>Maske am Pfad entlang schneiden</translation>
    </message>
    <message>
        <source>Nodes go to the nearest edge, or not</source>
        <translation>Punkte rasten an der nächsten Kante ein, oder nicht</translation>
    </message>
    <message>
        <source>Make the node a corner, or round</source>
        <translation>Aus dem Punkt eine Ecke machen, oder ihn runden</translation>
    </message>
    <message>
        <source>Break the node&apos;s handles, or join them</source>
        <translation>Griffe des Punkts trennen, oder verbinden</translation>
    </message>
    <message>
        <source>Close the line, or open it</source>
        <translation>Linie schließen, oder öffnen</translation>
    </message>
    <message>
        <source>Delete the node</source>
        <translation>Punkt löschen</translation>
    </message>
    <message>
        <source>Delete the whole line</source>
        <translation>Ganze Linie löschen</translation>
    </message>
    <message>
        <source>Lines inside others are holes, or not</source>
        <translation>Linien in anderen sind Löcher, oder nicht</translation>
    </message>
    <message>
        <source>Around the mask</source>
        <translation>Um die Maske</translation>
    </message>
    <message>
        <source>Cut along it</source>
        <translation>Daran schneiden</translation>
    </message>
    <message>
        <source>To edges</source>
        <translation>An Kanten</translation>
    </message>
    <message>
        <source>Inner lines are holes</source>
        <translation>Innere Linien sind Löcher</translation>
    </message>
    <message>
        <source>Corner or round</source>
        <translation>Ecke oder rund</translation>
    </message>
    <message>
        <source>Delete node</source>
        <translation>Punkt löschen</translation>
    </message>
    <message>
        <source>The mask is not cut along the path yet; cut it, or undo the path.</source>
        <translation>Die Maske ist noch nicht am Pfad geschnitten; schneiden Sie sie, oder machen Sie den Pfad rückgängig.</translation>
    </message>
    <message>
        <source>Drawing a path around the mask…</source>
        <translation>Ein Pfad um die Maske wird gezogen …</translation>
    </message>
    <message>
        <source>Draw a path first, or have one drawn around the mask.</source>
        <translation>Zeichnen Sie erst einen Pfad, oder lassen Sie einen um die Maske ziehen.</translation>
    </message>
    <message>
        <source>Click: next node. Drag: rounds it. On the first node: closes the line.</source>
        <translation>Klick: nächster Punkt. Ziehen: rundet ihn. Auf dem ersten Punkt: schließt die Linie.</translation>
    </message>
    <message>
        <source>Click: starts a line. Drag: rounds its first node.</source>
        <translation>Klick: beginnt eine Linie. Ziehen: rundet ihren ersten Punkt.</translation>
    </message>
    <message>
        <source>Click: closes the line.</source>
        <translation>Klick: schließt die Linie.</translation>
    </message>
    <message>
        <source>Click: corner or round. Drag: draws handles out.</source>
        <translation>Klick: Ecke oder rund. Ziehen: zieht Griffe heraus.</translation>
    </message>
    <message>
        <source>Drag: moves the node. Alt makes it a corner, or round.</source>
        <translation>Ziehen: verschiebt den Punkt. Alt macht ihn zur Ecke, oder rund.</translation>
    </message>
    <message>
        <source>Drag: moves the whole line.</source>
        <translation>Ziehen: verschiebt die ganze Linie.</translation>
    </message>
    <message>
        <source>Click: adds a node here. Shift moves the whole line.</source>
        <translation>Klick: setzt hier einen Punkt. Umschalt verschiebt die ganze Linie.</translation>
    </message>
    <message>
        <source>Drag: bends the line. Alt moves this handle alone.</source>
        <translation>Ziehen: biegt die Linie. Alt bewegt nur diesen Griff.</translation>
    </message>
    <message>
        <source>Click or drag over the colour that counts. The wheel zooms, Space moves.</source>
        <translation>Klicken oder ziehen Sie über die Farbe, die zählt. Das Rad vergrößert, die Leertaste verschiebt.</translation>
    </message>
</context>
<context>
    <name>Run</name>
    <message>
        <source>Read and prepare</source>
        <translation>Lesen und vorbereiten</translation>
    </message>
    <message>
        <source>Simple or complex</source>
        <translation>Einfach oder schwierig</translation>
    </message>
    <message>
        <source>Cut out</source>
        <translation>Freistellen</translation>
    </message>
    <message>
        <source>Make white</source>
        <translation>Weiß machen</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Correct colours</source>
        <translation>Farben korrigieren</translation>
    </message>
    <message>
        <source>Measure and score</source>
        <translation>Messen und bewerten</translation>
    </message>
    <message>
        <source>The line rests</source>
        <translation>Die Verarbeitung ruht</translation>
    </message>
    <message>
        <source>Reading photos</source>
        <translation>Fotos werden gelesen</translation>
    </message>
    <message>
        <source>The line is at work</source>
        <translation>Die Verarbeitung läuft</translation>
    </message>
    <message>
        <source>Stopping after the images at work</source>
        <translation>Hält nach den laufenden Bildern an</translation>
    </message>
    <message>
        <source>The line was stopped</source>
        <translation>Die Verarbeitung wurde angehalten</translation>
    </message>
    <message>
        <source>The line is done</source>
        <translation>Die Verarbeitung ist fertig</translation>
    </message>
    <message>
        <source>The line stopped because of a mistake in this program</source>
        <translation>Die Verarbeitung hielt wegen eines Fehlers in diesem Programm an</translation>
    </message>
    <message>
        <source>The line</source>
        <translation>Verarbeitung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle erneut versuchen</translation>
    </message>
    <message>
        <source>Stop the line; it can be continued at any time</source>
        <translation>Die Verarbeitung anhalten; sie kann jederzeit weiterlaufen</translation>
    </message>
    <message>
        <source>Process what is still waiting</source>
        <translation>Bearbeiten, was noch wartet</translation>
    </message>
    <message>
        <source>Let the line try every image of this list again</source>
        <translation>Alle Bilder dieser Liste erneut verarbeiten</translation>
    </message>
    <message>
        <source>Times and failures</source>
        <translation>Zeiten und Fehler</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>Nichts wartet</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>Time per image and stage</source>
        <translation>Zeit je Bild und Schritt</translation>
    </message>
    <message>
        <source>Times stand here as soon as the line has finished an image.</source>
        <translation>Zeiten stehen hier, sobald ein Bild fertig ist.</translation>
    </message>
    <message>
        <source>Nothing failed in this batch.</source>
        <translation>In diesem Stapel ist nichts fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Let the line try this image again</source>
        <translation>Dieses Bild erneut verarbeiten</translation>
    </message>
    <message>
        <source>Try {file} again</source>
        <translation>{file} erneut versuchen</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>{file} is empty (0 bytes); please send the file again.</source>
        <translation>{file} ist leer (0 Bytes); bitte die Datei noch einmal senden.</translation>
    </message>
    <message>
        <source>{file} cannot be read ({reason}); please try again.</source>
        <translation>{file} kann nicht gelesen werden ({reason}); bitte noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{file} is {found}; please send a JPEG, PNG, WebP, TIFF, HEIC or a camera&apos;s RAW file.</source>
        <translation>{file} ist {found}; bitte JPEG, PNG, WebP, TIFF, HEIC oder die RAW-Datei einer Kamera senden.</translation>
    </message>
    <message>
        <source>{file} has the wrong extension, for it is {found}; please send it again as {name}.</source>
        <translation>{file} hat die falsche Endung, denn es ist {found}; bitte noch einmal als {name} senden.</translation>
    </message>
    <message>
        <source>{file} has the wrong extension, for it is a camera RAW file; please send it again with the extension that the camera gave it.</source>
        <translation>{file} hat die falsche Endung, denn es ist die RAW-Datei einer Kamera; bitte mit der Endung senden, die die Kamera vergeben hat.</translation>
    </message>
    <message>
        <source>{file} is cut off or damaged and cannot be decoded; please send the file again.</source>
        <translation>{file} ist abgeschnitten oder beschädigt und lässt sich nicht dekodieren; bitte die Datei noch einmal senden.</translation>
    </message>
    <message>
        <source>{file} is an animation; please send the one still picture that is meant.</source>
        <translation>{file} ist eine Animation; bitte das eine Standbild senden, das gemeint ist.</translation>
    </message>
    <message>
        <source>{file} is {size} px; the longest side must have at least {limit} px, so please send a larger picture.</source>
        <translation>{file} hat {size} px; die längste Seite muss mindestens {limit} px haben, bitte also ein größeres Bild senden.</translation>
    </message>
    <message>
        <source>{file} is {size} px, longer than the {limit} px per side that we take; please send a smaller picture.</source>
        <translation>{file} hat {size} px und ist länger als die {limit} px je Seite, die angenommen werden; bitte ein kleineres Bild senden.</translation>
    </message>
    <message>
        <source>{file} claims {size} px, more than the {limit} megapixels that we take; please send a smaller picture.</source>
        <translation>{file} gibt {size} px an, mehr als die {limit} Megapixel, die angenommen werden; bitte ein kleineres Bild senden.</translation>
    </message>
    <message>
        <source>{file} is in CMYK without an ICC profile, so its colours cannot be known; please send it in RGB or with its profile embedded.</source>
        <translation>{file} ist CMYK ohne ICC-Profil, deshalb sind die Farben nicht bekannt; bitte in RGB oder mit eingebettetem Profil senden.</translation>
    </message>
    <message>
        <source>{file} is a palette image with transparency, at most 256 colours; please save it as a 24-bit PNG with an alpha channel.</source>
        <translation>{file} ist ein Palettenbild mit Transparenz und höchstens 256 Farben; bitte als 24-Bit-PNG mit Alphakanal speichern.</translation>
    </message>
    <message>
        <source>{file} has 1 bit per pixel, pure black and white; please send the photograph with 8 or 16 bits per channel.</source>
        <translation>{file} hat 1 Bit je Pixel, reines Schwarz-Weiß; bitte das Foto mit 8 oder 16 Bit je Kanal senden.</translation>
    </message>
    <message>
        <source>{file} has pixels of an unusual kind ({mode}); please save it as RGB, 8 or 16 bits per channel.</source>
        <translation>{file} hat Pixel ungewöhnlicher Art ({mode}); bitte als RGB mit 8 oder 16 Bit je Kanal speichern.</translation>
    </message>
    <message>
        <source>{file} is a TIFF with a compression that we do not take (number {number}); please save it uncompressed or with LZW, ZIP or zstd.</source>
        <translation>{file} ist ein TIFF mit einer Kompression, die nicht angenommen wird (Nummer {number}); bitte unkomprimiert oder mit LZW, ZIP oder zstd speichern.</translation>
    </message>
    <message>
        <source>{file} is a TIFF in an unusual colour coding; please save it as RGB with 8 or 16 bits per channel.</source>
        <translation>{file} ist ein TIFF mit ungewöhnlicher Farbkodierung; bitte als RGB mit 8 oder 16 Bit je Kanal speichern.</translation>
    </message>
    <message>
        <source>{file} is a TIFF with a palette; please save it as RGB with 8 or 16 bits per channel.</source>
        <translation>{file} ist ein TIFF mit Palette; bitte als RGB mit 8 oder 16 Bit je Kanal speichern.</translation>
    </message>
    <message>
        <source>{file} is a TIFF with an unusual predictor; please save it uncompressed.</source>
        <translation>{file} ist ein TIFF mit ungewöhnlichem Prädiktor; bitte unkomprimiert speichern.</translation>
    </message>
    <message>
        <source>{file} holds signed or floating-point numbers instead of 8 or 16 bits per channel; please save it with 16 bits per channel.</source>
        <translation>{file} enthält Gleitkomma- oder vorzeichenbehaftete Zahlen statt 8 oder 16 Bit je Kanal; bitte mit 16 Bit je Kanal speichern.</translation>
    </message>
    <message>
        <source>{file} has {depths} bits per channel; please save it with 8 or 16 bits per channel.</source>
        <translation>{file} hat {depths} Bit je Kanal; bitte mit 8 oder 16 Bit je Kanal speichern.</translation>
    </message>
    <message>
        <source>{file} has {samples} channels; please save it as RGB with 8 or 16 bits per channel.</source>
        <translation>{file} hat {samples} Kanäle; bitte als RGB mit 8 oder 16 Bit je Kanal speichern.</translation>
    </message>
    <message>
        <source>{file} brings its decoder down; please send the file again.</source>
        <translation>{file} bringt den Decoder zum Absturz; bitte die Datei noch einmal senden.</translation>
    </message>
    <message>
        <source>{file} is damaged or very large: it was not decoded within {seconds} s; please send the file again.</source>
        <translation>{file} ist beschädigt oder sehr groß: Die Datei war nicht innerhalb von {seconds} s dekodiert; bitte die Datei noch einmal senden.</translation>
    </message>
    <message>
        <source>{file} needs more memory than a decoder may use; please send the file again.</source>
        <translation>{file} braucht mehr Speicher, als ein Decoder belegen darf; bitte die Datei noch einmal senden.</translation>
    </message>
    <message>
        <source>{file} changed while it was being copied; wait until it is complete and retry.</source>
        <translation>{file} hat sich beim Kopieren geändert; bitte warten, bis die Datei vollständig ist, und es dann erneut versuchen.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}; put the file itself there and retry.</source>
        <translation>{file} kann nicht gelesen werden: {reason}; bitte die Datei selbst dort ablegen und es erneut versuchen.</translation>
    </message>
    <message>
        <source>{file} is not a regular file; put the photo itself there and retry.</source>
        <translation>{file} ist keine gewöhnliche Datei; bitte das Foto selbst dort ablegen und es erneut versuchen.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}; copy it from its source again.</source>
        <translation>{file} kann nicht gelesen werden: {reason}; bitte noch einmal von der Quelle kopieren.</translation>
    </message>
    <message>
        <source>The viewing copy of {file} is damaged and cannot be shown; process the image again.</source>
        <translation>Die Ansichtskopie von {file} ist beschädigt und kann nicht gezeigt werden; bitte das Bild noch einmal verarbeiten.</translation>
    </message>
    <message>
        <source>The file has {megapixels} megapixels, more than the {limit} allowed.</source>
        <translation>Die Datei hat {megapixels} Megapixel, mehr als die erlaubten {limit}.</translation>
    </message>
    <message>
        <source>The file is not a JPEG, PNG, WebP, TIFF or GIF; export it again.</source>
        <translation>Die Datei ist kein JPEG, PNG, WebP, TIFF oder GIF; bitte noch einmal exportieren.</translation>
    </message>
    <message>
        <source>The file cannot be decoded ({reason}); export it again.</source>
        <translation>Die Datei lässt sich nicht dekodieren ({reason}); bitte noch einmal exportieren.</translation>
    </message>
    <message>
        <source>The file holds {found} samples, not RGB; export it again.</source>
        <translation>Die Datei enthält Werte der Form {found} statt RGB; bitte noch einmal exportieren.</translation>
    </message>
    <message>
        <source>Processing {file} ended three times without an answer; check the file, then retry it.</source>
        <translation>Die Verarbeitung von {file} endete dreimal ohne Antwort; bitte die Datei prüfen und es dann erneut versuchen.</translation>
    </message>
    <message>
        <source>{file} brought several workers down; the file may be damaged, ask for it again or retry it.</source>
        <translation>{file} hat mehrere Arbeitsprozesse zum Absturz gebracht; die Datei ist vielleicht beschädigt, bitte neu anfordern oder es erneut versuchen.</translation>
    </message>
    <message>
        <source>{file} took longer than {seconds} s and was stopped; retry it.</source>
        <translation>{file} brauchte länger als {seconds} s und wurde abgebrochen; bitte erneut versuchen.</translation>
    </message>
    <message>
        <source>{file} brought its worker down; the file may be damaged, ask for it again or retry it.</source>
        <translation>{file} hat den Arbeitsprozess zum Absturz gebracht; die Datei ist vielleicht beschädigt, bitte neu anfordern oder es erneut versuchen.</translation>
    </message>
    <message>
        <source>{file} needs more memory than a worker may use; ask for a smaller file or retry it.</source>
        <translation>{file} braucht mehr Speicher, als ein Arbeitsprozess belegen darf; bitte eine kleinere Datei anfordern oder es erneut versuchen.</translation>
    </message>
    <message>
        <source>{file} was cancelled; retry it.</source>
        <translation>{file} wurde abgebrochen; bitte erneut versuchen.</translation>
    </message>
    <message>
        <source>{file} met a mistake of this program ({error}); please report it.</source>
        <translation>{file} ist auf einen Fehler dieses Programms gestoßen ({error}); bitte melden.</translation>
    </message>
    <message>
        <source>{file}: version {version} cannot be made again as it was judged, since settings or libraries have changed; send it back so that it is processed again.</source>
        <translation>{file}: Version {version} lässt sich nicht mehr so herstellen, wie sie beurteilt wurde, weil sich Einstellungen oder Bibliotheken geändert haben; bitte zurückgeben, damit das Bild neu verarbeitet wird.</translation>
    </message>
    <message>
        <source>{file} was decided about meanwhile; export again.</source>
        <translation>Über {file} wurde inzwischen anders entschieden; bitte noch einmal exportieren.</translation>
    </message>
    <message>
        <source>No wave of batch “{batch}” was released yet ({images} images wait); release the next one.</source>
        <translation>Noch keine Welle des Stapels „{batch}“ ist freigegeben ({images} Bilder warten); bitte die nächste freigeben.</translation>
    </message>
    <message>
        <source>Every decision of batch “{batch}” may still be taken back for a moment; wait a minute or close the batch.</source>
        <translation>Jede Entscheidung des Stapels „{batch}“ kann noch einen Moment zurückgenommen werden; bitte eine Minute warten oder den Stapel schließen.</translation>
    </message>
    <message>
        <source>Batch “{batch}” has no approved image to export ({images} wait); decide them first.</source>
        <translation>Der Stapel „{batch}“ hat kein freigegebenes Bild zum Exportieren ({images} warten); bitte erst darüber entscheiden.</translation>
    </message>
    <message>
        <source>{file} has no {codes}, so {platform} cannot name it; add it to sheet.csv and ingest again.</source>
        <translation>{file} hat keine {codes}, deshalb gibt es für {platform} keinen Namen; bitte in sheet.csv ergänzen und neu einlesen.</translation>
    </message>
    <message>
        <source>{file} cannot be named for {platform}: its {code} “{text}” is none (check shape and check digit).</source>
        <translation>{file} bekommt für {platform} keinen Namen: „{text}“ ist keine {code} (bitte Form und Prüfziffer prüfen).</translation>
    </message>
    <message>
        <source>{file} cannot be named for {platform}: it has no {code} (check shape and check digit).</source>
        <translation>{file} bekommt für {platform} keinen Namen: die {code} fehlt (bitte Form und Prüfziffer prüfen).</translation>
    </message>
    <message>
        <source>{file} would be named “{name}”, which is no safe file name; correct its code in sheet.csv.</source>
        <translation>{file} hieße „{name}“, und das ist kein sicherer Dateiname; bitte den Code in sheet.csv berichtigen.</translation>
    </message>
    <message>
        <source>{file} would be named {name} like {other}; give one of them its own SKU.</source>
        <translation>{file} hieße {name} wie {other}; bitte einem davon eine eigene SKU geben.</translation>
    </message>
    <message>
        <source>{file} would be named {name}, which {platform} does not take; give it a valid {codes} in sheet.csv.</source>
        <translation>{file} hieße {name}, und das nimmt {platform} nicht an; bitte in sheet.csv eine gültige {codes} angeben.</translation>
    </message>
    <message>
        <source>There is no file or folder {file}; check its name.</source>
        <translation>Es gibt keine Datei und keinen Ordner {file}; bitte den Namen prüfen.</translation>
    </message>
    <message>
        <source>There is no sheet {file}; check its name.</source>
        <translation>Es gibt keine Tabelle {file}; bitte den Namen prüfen.</translation>
    </message>
    <message>
        <source>{count} of {images} photos is a copy of another one, byte for byte; each became an image of its own.</source>
        <translation>{count} von {images} Fotos ist Byte für Byte die Kopie eines anderen; jedes wurde ein eigenes Bild.</translation>
    </message>
    <message>
        <source>{count} of {images} photos are copies of others, byte for byte; each became an image of its own.</source>
        <translation>{count} von {images} Fotos sind Byte für Byte Kopien anderer; jedes wurde ein eigenes Bild.</translation>
    </message>
    <message>
        <source>“{folder}” has folders nested too deeply; what lies below was left out.</source>
        <translation>„{folder}“ enthält zu tief verschachtelte Ordner; was darunter liegt, wurde ausgelassen.</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be read ({reason}); it was left out.</source>
        <translation>Der Ordner „{folder}“ kann nicht gelesen werden ({reason}); er wurde ausgelassen.</translation>
    </message>
    <message>
        <source>“{file}” is a link, not a file, and was left out; put the photo itself there.</source>
        <translation>„{file}“ ist eine Verknüpfung, keine Datei, und wurde ausgelassen; bitte das Foto selbst dort ablegen.</translation>
    </message>
    <message>
        <source>“{file}” is a device or pipe, not a file, and was left out; put the photo itself there.</source>
        <translation>„{file}“ ist ein Gerät oder eine Pipe, keine Datei, und wurde ausgelassen; bitte das Foto selbst dort ablegen.</translation>
    </message>
    <message>
        <source>{names} is no photo and was left out; a photo needs the extension of its format.</source>
        <translation>{names} ist kein Foto und wurde ausgelassen; ein Foto braucht die Endung seines Formats.</translation>
    </message>
    <message>
        <source>{names} are no photos and were left out; a photo needs the extension of its format.</source>
        <translation>{names} sind keine Fotos und wurden ausgelassen; ein Foto braucht die Endung seines Formats.</translation>
    </message>
    <message>
        <source>{names} and {more} more are no photos and were left out; a photo needs the extension of its format.</source>
        <translation>{names} und {more} weitere sind keine Fotos und wurden ausgelassen; ein Foto braucht die Endung seines Formats.</translation>
    </message>
    <message>
        <source>{sheet} is larger than 32 MB, so nothing of it was used; send a smaller one.</source>
        <translation>{sheet} ist größer als 32 MB, deshalb wurde nichts davon verwendet; bitte eine kleinere Tabelle senden.</translation>
    </message>
    <message>
        <source>{sheet} cannot be read ({reason}), so nothing of it was used.</source>
        <translation>{sheet} kann nicht gelesen werden ({reason}), deshalb wurde nichts davon verwendet.</translation>
    </message>
    <message>
        <source>{sheet} has no column “file”, so nothing of it was used; add one.</source>
        <translation>{sheet} hat keine Spalte „file“, deshalb wurde nichts davon verwendet; bitte eine ergänzen.</translation>
    </message>
    <message>
        <source>{sheet} line {line}: there is no photo “{file}”; row skipped.</source>
        <translation>{sheet}, Zeile {line}: Es gibt kein Foto „{file}“; Zeile übersprungen.</translation>
    </message>
    <message>
        <source>{sheet} line {line}: “{file}” was already in line {earlier}; row skipped.</source>
        <translation>{sheet}, Zeile {line}: „{file}“ stand schon in Zeile {earlier}; Zeile übersprungen.</translation>
    </message>
    <message>
        <source>{sheet} line {line}: {why}; row skipped.</source>
        <translation>{sheet}, Zeile {line}: {why}; Zeile übersprungen.</translation>
    </message>
    <message>
        <source>{cells} cells under {columns} columns</source>
        <translation>{cells} Zellen unter {columns} Spalten</translation>
    </message>
    <message>
        <source>no file named</source>
        <translation>keine Datei genannt</translation>
    </message>
    <message>
        <source>“{text}” is no ASIN (B and nine letters or digits, or an ISBN-10)</source>
        <translation>„{text}“ ist keine ASIN (B und neun Buchstaben oder Ziffern oder eine ISBN-10)</translation>
    </message>
    <message>
        <source>“{text}” is no GTIN (8, 12, 13 or 14 digits, the last one a check digit)</source>
        <translation>„{text}“ ist keine GTIN (8, 12, 13 oder 14 Ziffern, die letzte eine Prüfziffer)</translation>
    </message>
    <message>
        <source>{sheet}: what follows line {line} cannot be read as CSV ({error}); it was skipped.</source>
        <translation>{sheet}: Was auf Zeile {line} folgt, lässt sich nicht als CSV lesen ({error}); es wurde übersprungen.</translation>
    </message>
    <message>
        <source>{bad} of {looked} bad so far, {waiting} wait for the audit</source>
        <translation>bisher {bad} von {looked} schlecht, {waiting} warten auf die Stichprobe</translation>
    </message>
    <message>
        <source>{bad} of {looked} bad, and every image was looked at: those that were found good may leave</source>
        <translation>{bad} von {looked} schlecht, und jedes Bild wurde angesehen: Was für gut befunden wurde, darf hinaus</translation>
    </message>
    <message>
        <source>{bad} of {looked} bad: at most {bound} at {sure}, {allowed} are allowed</source>
        <translation>{bad} von {looked} schlecht: höchstens {bound} bei {sure} Sicherheit, {allowed} sind erlaubt</translation>
    </message>
    <message>
        <source>{bad} of {looked} bad: at most {bound} at {sure} (the sample counts as {counts}: small groups are drawn fully), {allowed} are allowed</source>
        <translation>{bad} von {looked} schlecht: höchstens {bound} bei {sure} Sicherheit (die Stichprobe zählt wie {counts}: kleine Gruppen werden ganz gezogen), {allowed} sind erlaubt</translation>
    </message>
    <message>
        <source>{bad} of {looked} bad: up to {bound} of the batch may be at {sure}, {allowed} are allowed</source>
        <translation>{bad} von {looked} schlecht: bis zu {bound} des Stapels können es sein bei {sure} Sicherheit, {allowed} sind erlaubt</translation>
    </message>
    <message>
        <source>{bad} of {looked} bad: up to {bound} of the batch may be at {sure} (the sample counts as {counts}: small groups are drawn fully), {allowed} are allowed</source>
        <translation>{bad} von {looked} schlecht: bis zu {bound} des Stapels können es sein bei {sure} Sicherheit (die Stichprobe zählt wie {counts}: kleine Gruppen werden ganz gezogen), {allowed} sind erlaubt</translation>
    </message>
    <message>
        <source>{bad} of {looked} bad, {waiting} not looked at: up to {bound} of the batch may be at {sure}, {allowed} are allowed</source>
        <translation>{bad} von {looked} schlecht, {waiting} nicht angesehen: bis zu {bound} des Stapels können es sein bei {sure} Sicherheit, {allowed} sind erlaubt</translation>
    </message>
    <message>
        <source>{bad} of {looked} bad, {waiting} not looked at: up to {bound} of the batch may be at {sure} (the sample counts as {counts}: small groups are drawn fully), {allowed} are allowed</source>
        <translation>{bad} von {looked} schlecht, {waiting} nicht angesehen: bis zu {bound} des Stapels können es sein bei {sure} Sicherheit (die Stichprobe zählt wie {counts}: kleine Gruppen werden ganz gezogen), {allowed} sind erlaubt</translation>
    </message>
    <message>
        <source>{why}; so few cannot tell</source>
        <translation>{why}; so wenige sagen es nicht</translation>
    </message>
    <message>
        <source>less than {bound}</source>
        <translation>weniger als {bound}</translation>
    </message>
    <message>
        <source>a GIF</source>
        <translation>ein GIF</translation>
    </message>
    <message>
        <source>a BMP</source>
        <translation>ein BMP</translation>
    </message>
    <message>
        <source>a Photoshop document</source>
        <translation>ein Photoshop-Dokument</translation>
    </message>
    <message>
        <source>a PDF</source>
        <translation>ein PDF</translation>
    </message>
    <message>
        <source>a PostScript file</source>
        <translation>eine PostScript-Datei</translation>
    </message>
    <message>
        <source>a JPEG 2000</source>
        <translation>ein JPEG 2000</translation>
    </message>
    <message>
        <source>a JPEG XL</source>
        <translation>ein JPEG XL</translation>
    </message>
    <message>
        <source>a ZIP archive</source>
        <translation>ein ZIP-Archiv</translation>
    </message>
    <message>
        <source>a RAR archive</source>
        <translation>ein RAR-Archiv</translation>
    </message>
    <message>
        <source>a 7-Zip archive</source>
        <translation>ein 7-Zip-Archiv</translation>
    </message>
    <message>
        <source>an icon</source>
        <translation>ein Symbol</translation>
    </message>
    <message>
        <source>a GIMP document</source>
        <translation>ein GIMP-Dokument</translation>
    </message>
    <message>
        <source>an AVIF</source>
        <translation>ein AVIF</translation>
    </message>
    <message>
        <source>a video</source>
        <translation>ein Video</translation>
    </message>
    <message>
        <source>full of zeros, not an image</source>
        <translation>voller Nullen und kein Bild</translation>
    </message>
    <message>
        <source>a text file, not an image</source>
        <translation>eine Textdatei und kein Bild</translation>
    </message>
    <message>
        <source>not an image in a format that we read</source>
        <translation>kein Bild in einem lesbaren Format</translation>
    </message>
    <message>
        <source>a JPEG</source>
        <translation>ein JPEG</translation>
    </message>
    <message>
        <source>a PNG</source>
        <translation>ein PNG</translation>
    </message>
    <message>
        <source>a WebP</source>
        <translation>ein WebP</translation>
    </message>
    <message>
        <source>a TIFF</source>
        <translation>ein TIFF</translation>
    </message>
    <message>
        <source>an HEIC</source>
        <translation>ein HEIC</translation>
    </message>
    <message>
        <source>it is a link</source>
        <translation>es ist eine Verknüpfung</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>no such file or directory</source>
        <translation>Datei oder Ordner nicht vorhanden</translation>
    </message>
    <message>
        <source>input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Look and language</source>
        <translation>Aussehen und Sprache</translation>
    </message>
    <message>
        <source>Dark grey</source>
        <translation>Dunkelgrau</translation>
    </message>
    <message>
        <source>Mid grey</source>
        <translation>Mittelgrau</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>All greys are neutral, so that colours can be judged beside them</source>
        <translation>Alle Grautöne sind neutral, damit man Farben daneben beurteilen kann</translation>
    </message>
    <message>
        <source>The window&apos;s language</source>
        <translation>Die Sprache des Fensters</translation>
    </message>
    <message>
        <source>The system&apos;s language</source>
        <translation>Sprache des Systems</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Nothing moves, blinks or fades by itself; messages stay until clicked</source>
        <translation>Nichts bewegt sich von selbst; Meldungen bleiben, bis man sie anklickt</translation>
    </message>
    <message>
        <source>The language changes when Whitepoint is started again.</source>
        <translation>Die Sprache wechselt beim nächsten Start von Whitepoint.</translation>
    </message>
    <message>
        <source>Taking photos in</source>
        <translation>Fotos aufnehmen</translation>
    </message>
    <message>
        <source>The line</source>
        <translation>Verarbeitung</translation>
    </message>
    <message>
        <source>Hot folder</source>
        <translation>Beobachteter Ordner</translation>
    </message>
    <message>
        <source>Learning from decisions</source>
        <translation>Lernen aus Entscheidungen</translation>
    </message>
    <message>
        <source>Shoot groups</source>
        <translation>Aufnahmegruppen</translation>
    </message>
    <message>
        <source>Simple or complex</source>
        <translation>Einfach oder schwierig</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>Score and verdict</source>
        <translation>Punkte und Urteil</translation>
    </message>
    <message>
        <source>Who has to look</source>
        <translation>Wer hinsehen muss</translation>
    </message>
    <message>
        <source>Taking marks away</source>
        <translation>Aufdrucke entfernen</translation>
    </message>
    <message>
        <source>Release in waves</source>
        <translation>Freigabe in Wellen</translation>
    </message>
    <message>
        <source>How long files are kept</source>
        <translation>Wie lange Dateien bleiben</translation>
    </message>
    <message>
        <source>Files in a bucket</source>
        <translation>Dateien in einem Bucket</translation>
    </message>
    <message>
        <source>Names of delivered files</source>
        <translation>Namen gelieferter Dateien</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Cut-out engines</source>
        <translation>Freistell-Verfahren</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Plattform</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>Kategorien</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Gründe</translation>
    </message>
    <message>
        <source>Settings of the studio</source>
        <translation>Einstellungen des Studios</translation>
    </message>
    <message>
        <source>No setting has this in its name or description.</source>
        <translation>Keine Einstellung enthält das in Name oder Beschreibung.</translation>
    </message>
    <message>
        <source>Back to the shipped value of {key}</source>
        <translation>Zurück zum ausgelieferten Wert von {key}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Back to the shipped value: {value}</source>
        <translation>Zurück zum ausgelieferten Wert: {value}</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message>
        <source>Looks through names and descriptions of all settings</source>
        <translation>Durchsucht Namen und Beschreibungen aller Einstellungen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Write the changes into the studio&apos;s {file}</source>
        <translation>Die Änderungen in die {file} des Studios schreiben</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the settings  (Esc)</source>
        <translation>Die Einstellungen schließen  (Esc)</translation>
    </message>
    <message>
        <source>Saved for all new images; the window itself takes it up when started again.</source>
        <translation>Gespeichert für alle neuen Bilder; das Fenster selbst übernimmt es beim nächsten Start.</translation>
    </message>
    <message>
        <source>Not saved yet. Save it, or close once more to drop it.</source>
        <translation>Noch nicht gespeichert. Speichern Sie, oder schließen Sie noch einmal, um es zu verwerfen.</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>You are signed out; who goes on?</source>
        <translation>Sie sind abgemeldet; wer macht weiter?</translation>
    </message>
    <message>
        <source>{name} signs in with a PIN.</source>
        <translation>{name} meldet sich mit einer PIN an.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>A senior signs off what others made</source>
        <translation>Ein Senior nimmt ab, was andere gemacht haben</translation>
    </message>
    <message>
        <source>Your PIN, if you have one</source>
        <translation>Ihre PIN, falls Sie eine haben</translation>
    </message>
    <message>
        <source>Change my PIN</source>
        <translation>Meine PIN ändern</translation>
    </message>
    <message>
        <source>The new PIN; leave it empty to have none</source>
        <translation>Die neue PIN; leer lassen für keine</translation>
    </message>
    <message>
        <source>A senior&apos;s name</source>
        <translation>Name eines Seniors</translation>
    </message>
    <message>
        <source>That senior&apos;s PIN</source>
        <translation>PIN dieses Seniors</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Neue PIN</translation>
    </message>
    <message>
        <source>Vouched for by</source>
        <translation>Bestätigt durch</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Sample shoot</source>
        <translation>Beispielaufnahmen</translation>
    </message>
    <message>
        <source>Lists of what waits</source>
        <translation>Was auf Sie wartet</translation>
    </message>
    <message>
        <source>“Review” is for your eyes, “Edit” for your hands. The numbers are live while the line works. {next} goes to the next image.</source>
        <translation>„Prüfen“ ist für Ihre Augen, „Bearbeiten“ für Ihre Hände. Die Zahlen laufen während der Verarbeitung mit. {next} geht zum nächsten Bild.</translation>
    </message>
    <message>
        <source>Original and result</source>
        <translation>Original und Ergebnis</translation>
    </message>
    <message>
        <source>Both move together: the wheel zooms at the pointer, dragging moves, {toggle_zoom} shows real pixels. Hold {blink} to see the original in the result&apos;s place.</source>
        <translation>Beide bewegen sich gemeinsam: Das Rad zoomt am Zeiger, Ziehen verschiebt, {toggle_zoom} zeigt echte Pixel. Halten Sie {blink}, um das Original an der Stelle des Ergebnisses zu sehen.</translation>
    </message>
    <message>
        <source>Evidence, not opinion</source>
        <translation>Belege statt Meinung</translation>
    </message>
    <message>
        <source>{white} marks every background pixel that is not exactly white, {difference} shows what has changed. {next_place} goes through all marked places, worst first.</source>
        <translation>{white} markiert jedes Hintergrundpixel, das nicht genau weiß ist, {difference} zeigt, was sich verändert hat. {next_place} geht alle markierten Stellen durch, die schlimmste zuerst.</translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation>Warum es hier ist</translation>
    </message>
    <message>
        <source>Failed gates stand on top in words, then the score and its four parts. Click a finding to see its place.</source>
        <translation>Nicht bestandene Prüfungen stehen oben in Worten, dann die Punktzahl mit ihren vier Teilen. Klicken Sie einen Befund an, um seine Stelle zu sehen.</translation>
    </message>
    <message>
        <source>One key, one decision</source>
        <translation>Eine Taste, eine Entscheidung</translation>
    </message>
    <message>
        <source>{approve} approves and shows the next image. {redo} sends it back to be mended, {reject} asks for a new shot; one more key says why. {undo} takes the last decision back.</source>
        <translation>{approve} gibt frei und zeigt das nächste Bild. {redo} gibt es zum Ausbessern zurück, {reject} verlangt eine neue Aufnahme; eine weitere Taste sagt, warum. {undo} nimmt die letzte Entscheidung zurück.</translation>
    </message>
    <message>
        <source>Your own photos</source>
        <translation>Ihre eigenen Fotos</translation>
    </message>
    <message>
        <source>Drop a folder anywhere in the window, or open it here. You see what sheet.csv matches before anything is added. Originals are copied and never changed.</source>
        <translation>Ziehen Sie einen Ordner irgendwo ins Fenster oder öffnen Sie ihn hier. Sie sehen, was sheet.csv zuordnet, bevor etwas aufgenommen wird. Originale werden kopiert und nie verändert.</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>Alles andere</translation>
    </message>
    <message>
        <source>Settings, themes, languages and your own keys are in this menu. {keys} shows all keys at any time.</source>
        <translation>Einstellungen, Farbschemata, Sprachen und eigene Tasten stehen in diesem Menü. {keys} zeigt jederzeit alle Tasten.</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>End the tour; the menu has it again</source>
        <translation>Den Rundgang beenden; im Menü gibt es ihn wieder</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>The step before</source>
        <translation>Der Schritt davor</translation>
    </message>
    <message>
        <source>The next step</source>
        <translation>Der nächste Schritt</translation>
    </message>
    <message>
        <source>{step} of {steps}</source>
        <translation>{step} von {steps}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Open a folder of product photos</source>
        <translation>Einen Ordner mit Produktfotos öffnen</translation>
    </message>
    <message>
        <source>The logs lie in {folder}.</source>
        <translation>Die Protokolle liegen in {folder}.</translation>
    </message>
    <message>
        <source>A mistake in this program was noted in {file}; the menu shows its folder.</source>
        <translation>Ein Fehler dieses Programms wurde in {file} festgehalten; das Menü zeigt den Ordner.</translation>
    </message>
    <message>
        <source>The line stopped because of a mistake in this program; reviewer.log says where; the menu shows its folder.</source>
        <translation>Die Verarbeitung hielt wegen eines Fehlers in diesem Programm an; reviewer.log sagt, wo; das Menü zeigt den Ordner.</translation>
    </message>
    <message>
        <source>The line is still running; wait until it is done or cancel it first.</source>
        <translation>Die Verarbeitung läuft noch; warten Sie, bis sie fertig ist, oder brechen Sie sie erst ab.</translation>
    </message>
    <message>
        <source>Reading was cancelled and nothing was added; drop the folder again to add it.</source>
        <translation>Das Lesen wurde abgebrochen und nichts aufgenommen; ziehen Sie den Ordner erneut ins Fenster.</translation>
    </message>
    <message>
        <source>Ground: white</source>
        <translation>Untergrund: Weiß</translation>
    </message>
    <message>
        <source>Ground: grey</source>
        <translation>Untergrund: Grau</translation>
    </message>
    <message>
        <source>Ground: black</source>
        <translation>Untergrund: Schwarz</translation>
    </message>
    <message>
        <source>Ground: checker</source>
        <translation>Untergrund: Schachbrett</translation>
    </message>
    <message>
        <source>Ground: red</source>
        <translation>Untergrund: Rot</translation>
    </message>
    <message>
        <source>{count} background px not exactly white</source>
        <translation>{count} Hintergrundpixel nicht genau weiß</translation>
    </message>
    <message>
        <source>the gate counted {count} background px at 16 bits</source>
        <translation>die Prüfung zählte {count} Hintergrundpixel bei 16 Bit</translation>
    </message>
    <message>
        <source>{count} border px not exactly white</source>
        <translation>{count} Randpixel nicht genau weiß</translation>
    </message>
    <message>
        <source>the gate counted {count} border px at 16 bits</source>
        <translation>die Prüfung zählte {count} Randpixel bei 16 Bit</translation>
    </message>
    <message>
        <source>Background exactly white</source>
        <translation>Hintergrund genau weiß</translation>
    </message>
    <message>
        <source>Difference ×{gain}, at most {most} of 255 here</source>
        <translation>Unterschied ×{gain}, hier höchstens {most} von 255</translation>
    </message>
    <message>
        <source>ΔE00 here {mean} on average, {worst} at most</source>
        <translation>ΔE00 hier im Mittel {mean}, höchstens {worst}</translation>
    </message>
    <message>
        <source>, whole product {mean}</source>
        <translation>, ganzes Produkt {mean}</translation>
    </message>
    <message>
        <source>SSIM here {mean}, {worst} at the worst place</source>
        <translation>SSIM hier {mean}, an der schlechtesten Stelle {worst}</translation>
    </message>
    <message>
        <source>Mask: white is product, grey is partly see-through</source>
        <translation>Maske: Weiß ist Produkt, Grau ist teils durchsichtig</translation>
    </message>
    <message>
        <source>Ring along the outline</source>
        <translation>Ring am Umriss</translation>
    </message>
    <message>
        <source>, halo {halo} ΔE00</source>
        <translation>, Saum {halo} ΔE00</translation>
    </message>
    <message>
        <source>Product without detail: {burnt} burnt out, {black} black</source>
        <translation>Produkt ohne Zeichnung: {burnt} ausgefressen, {black} schwarz</translation>
    </message>
    <message>
        <source>Edges, outline green</source>
        <translation>Kanten, Umriss grün</translation>
    </message>
    <message>
        <source>{width}× as wide</source>
        <translation>{width}-mal so breit</translation>
    </message>
    <message>
        <source>jagged {jags} px</source>
        <translation>gezackt um {jags} px</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Nacharbeit</translation>
    </message>
    <message>
        <source>Sign-off</source>
        <translation>Abnahme</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Freigegeben</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Stichprobe</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Geliefert</translation>
    </message>
    <message>
        <source>Recalled</source>
        <translation>Zurückgerufen</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Stellen</translation>
    </message>
    <message>
        <source>Hold {blink} for the original, {zoom} for 1:1, {place} for the next place</source>
        <translation>{blink} halten für das Original, {zoom} für 1:1, {place} für die nächste Stelle</translation>
    </message>
    <message>
        <source>, {keys} for all keys</source>
        <translation>, {keys} für alle Tasten</translation>
    </message>
    <message>
        <source>Fit, {zoom}</source>
        <translation>Eingepasst, {zoom}</translation>
    </message>
    <message>
        <source>Display not managed</source>
        <translation>Bildschirm ohne Farbprofil</translation>
    </message>
    <message>
        <source>The system names no colour profile for this monitor; sRGB is assumed and colours may look different.</source>
        <translation>Das System nennt für diesen Bildschirm kein Farbprofil; sRGB wird angenommen, Farben können anders aussehen.</translation>
    </message>
    <message>
        <source>Colours are converted for {name}</source>
        <translation>Farben werden für {name} umgerechnet</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>Abnehmen</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>{name} has this image open</source>
        <translation>{name} hat dieses Bild offen</translation>
    </message>
    <message>
        <source>{name} has this image open; wait for them, or a senior takes it over ({keys}).</source>
        <translation>{name} hat dieses Bild offen; bitte warten, oder ein Senior übernimmt es ({keys}).</translation>
    </message>
    <message>
        <source>Only a small copy is on the screen yet; decide when the file&apos;s own pixels are there.</source>
        <translation>Noch steht nur eine kleine Kopie da; entscheiden Sie, wenn die Pixel der Datei da sind.</translation>
    </message>
    <message>
        <source>This image waits for a senior to sign it off.</source>
        <translation>Dieses Bild wartet auf die Abnahme durch einen Senior.</translation>
    </message>
    <message>
        <source>Reject because</source>
        <translation>Ablehnen, weil</translation>
    </message>
    <message>
        <source>Redo because</source>
        <translation>Nacharbeit, weil</translation>
    </message>
    <message>
        <source>Backdrop brightness</source>
        <translation>Helligkeit des Hintergrunds</translation>
    </message>
    <message>
        <source>Backdrop left over</source>
        <translation>Rest vom Hintergrund</translation>
    </message>
    <message>
        <source>Backdrop unevenness</source>
        <translation>Ungleicher Hintergrund</translation>
    </message>
    <message>
        <source>Backdrop grain</source>
        <translation>Korn des Hintergrunds</translation>
    </message>
    <message>
        <source>Backdrop shining through</source>
        <translation>Durchscheinender Hintergrund</translation>
    </message>
    <message>
        <source>Bits per channel</source>
        <translation>Bit je Kanal</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>Colour cast now</source>
        <translation>Farbstich jetzt</translation>
    </message>
    <message>
        <source>Colour cast of the original</source>
        <translation>Farbstich des Originals</translation>
    </message>
    <message>
        <source>Off centre</source>
        <translation>Nicht mittig</translation>
    </message>
    <message>
        <source>Cut off by the photo</source>
        <translation>Vom Foto angeschnitten</translation>
    </message>
    <message>
        <source>Colourfulness</source>
        <translation>Farbigkeit</translation>
    </message>
    <message>
        <source>Colour mode</source>
        <translation>Farbmodus</translation>
    </message>
    <message>
        <source>Colour change</source>
        <translation>Farbänderung</translation>
    </message>
    <message>
        <source>Pixels per inch</source>
        <translation>Pixel pro Zoll</translation>
    </message>
    <message>
        <source>Dust and scratches</source>
        <translation>Staub und Kratzer</translation>
    </message>
    <message>
        <source>Length of the outline</source>
        <translation>Länge des Umrisses</translation>
    </message>
    <message>
        <source>Typical edge contrast</source>
        <translation>Üblicher Kantenkontrast</translation>
    </message>
    <message>
        <source>Faintest edge</source>
        <translation>Schwächste Kante</translation>
    </message>
    <message>
        <source>Tangled edges</source>
        <translation>Wirre Kanten</translation>
    </message>
    <message>
        <source>Softness of the edge</source>
        <translation>Weichheit der Kante</translation>
    </message>
    <message>
        <source>Enlarged</source>
        <translation>Vergrößert</translation>
    </message>
    <message>
        <source>Edge that fades out</source>
        <translation>Auslaufende Kante</translation>
    </message>
    <message>
        <source>Fills the frame</source>
        <translation>Füllt den Rahmen</translation>
    </message>
    <message>
        <source>Hair and fine parts</source>
        <translation>Haare und feine Teile</translation>
    </message>
    <message>
        <source>File format</source>
        <translation>Dateiformat</translation>
    </message>
    <message>
        <source>White balance, blue</source>
        <translation>Weißabgleich, Blau</translation>
    </message>
    <message>
        <source>White balance, green</source>
        <translation>Weißabgleich, Grün</translation>
    </message>
    <message>
        <source>White balance, red</source>
        <translation>Weißabgleich, Rot</translation>
    </message>
    <message>
        <source>Gradients changed</source>
        <translation>Verläufe verändert</translation>
    </message>
    <message>
        <source>Coarse texture</source>
        <translation>Grobe Struktur</translation>
    </message>
    <message>
        <source>Fine texture</source>
        <translation>Feine Struktur</translation>
    </message>
    <message>
        <source>Middle texture</source>
        <translation>Mittlere Struktur</translation>
    </message>
    <message>
        <source>Halo</source>
        <translation>Saum</translation>
    </message>
    <message>
        <source>Area of holes</source>
        <translation>Fläche der Löcher</translation>
    </message>
    <message>
        <source>Holes</source>
        <translation>Löcher</translation>
    </message>
    <message>
        <source>Colour profile</source>
        <translation>Farbprofil</translation>
    </message>
    <message>
        <source>Rows of print</source>
        <translation>Druckzeilen</translation>
    </message>
    <message>
        <source>Jagged edge</source>
        <translation>Gezackte Kante</translation>
    </message>
    <message>
        <source>Too few pixels</source>
        <translation>Zu wenige Pixel</translation>
    </message>
    <message>
        <source>Least likeness to the eye</source>
        <translation>Geringste Ähnlichkeit fürs Auge</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>Background almost white</source>
        <translation>Hintergrund fast weiß</translation>
    </message>
    <message>
        <source>No product found</source>
        <translation>Kein Produkt gefunden</translation>
    </message>
    <message>
        <source>Border not white</source>
        <translation>Rand nicht weiß</translation>
    </message>
    <message>
        <source>Background not white</source>
        <translation>Hintergrund nicht weiß</translation>
    </message>
    <message>
        <source>Orientation tag</source>
        <translation>Angabe zur Drehung</translation>
    </message>
    <message>
        <source>Paper white</source>
        <translation>Papierweiß</translation>
    </message>
    <message>
        <source>Separate parts</source>
        <translation>Getrennte Teile</translation>
    </message>
    <message>
        <source>Separate pieces</source>
        <translation>Getrennte Stücke</translation>
    </message>
    <message>
        <source>Product changed</source>
        <translation>Produkt verändert</translation>
    </message>
    <message>
        <source>Away from the reference, now</source>
        <translation>Abstand zur Vorlage, jetzt</translation>
    </message>
    <message>
        <source>Away from the reference, before</source>
        <translation>Abstand zur Vorlage, vorher</translation>
    </message>
    <message>
        <source>Specks</source>
        <translation>Sprenkel</translation>
    </message>
    <message>
        <source>Strength of highlights</source>
        <translation>Stärke der Glanzlichter</translation>
    </message>
    <message>
        <source>Share of highlights</source>
        <translation>Anteil der Glanzlichter</translation>
    </message>
    <message>
        <source>Sharpness of highlights</source>
        <translation>Schärfe der Glanzlichter</translation>
    </message>
    <message>
        <source>Steps in brightness</source>
        <translation>Helligkeitssprünge</translation>
    </message>
    <message>
        <source>Even areas</source>
        <translation>Gleichmäßige Flächen</translation>
    </message>
    <message>
        <source>Straight lines</source>
        <translation>Gerade Linien</translation>
    </message>
    <message>
        <source>Pieces that do not belong</source>
        <translation>Teile, die nicht dazugehören</translation>
    </message>
    <message>
        <source>Lines of text</source>
        <translation>Textzeilen</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Range of tones</source>
        <translation>Tonumfang</translation>
    </message>
    <message>
        <source>Too small</source>
        <translation>Zu klein</translation>
    </message>
    <message>
        <source>Fills too much or too little</source>
        <translation>Füllt zu viel oder zu wenig</translation>
    </message>
    <message>
        <source>Not the expected number of products</source>
        <translation>Andere Zahl von Produkten als erwartet</translation>
    </message>
    <message>
        <source>Product cut away</source>
        <translation>Produkt weggeschnitten</translation>
    </message>
    <message>
        <source>Holes not opened</source>
        <translation>Löcher nicht freigestellt</translation>
    </message>
    <message>
        <source>Cut-out too large or small</source>
        <translation>Freisteller zu groß oder klein</translation>
    </message>
    <message>
        <source>Outline off its edge</source>
        <translation>Umriss neben der Kante</translation>
    </message>
    <message>
        <source>Writing on the product</source>
        <translation>Schrift auf dem Produkt</translation>
    </message>
    <message>
        <source>Colour moved unasked</source>
        <translation>Farbe ungewollt verschoben</translation>
    </message>
    <message>
        <source>Pixels changed all over</source>
        <translation>Überall Pixel verändert</translation>
    </message>
    <message>
        <source>Structure changed</source>
        <translation>Struktur verändert</translation>
    </message>
    <message>
        <source>Least likeness</source>
        <translation>Geringste Ähnlichkeit</translation>
    </message>
    <message>
        <source>Burnt-out highlights</source>
        <translation>Ausgefressene Lichter</translation>
    </message>
    <message>
        <source>Coding blocks</source>
        <translation>Kompressionsblöcke</translation>
    </message>
    <message>
        <source>Smeared fill</source>
        <translation>Verschmierte Füllung</translation>
    </message>
    <message>
        <source>Repeated fill</source>
        <translation>Wiederholte Füllung</translation>
    </message>
    <message>
        <source>Visible seam</source>
        <translation>Sichtbare Naht</translation>
    </message>
    <message>
        <source>Longest side</source>
        <translation>Längste Seite</translation>
    </message>
    <message>
        <source>See-through pixels</source>
        <translation>Durchsichtige Pixel</translation>
    </message>
    <message>
        <source>Something looks wrong</source>
        <translation>Etwas sieht falsch aus</translation>
    </message>
    <message>
        <source>Width over height</source>
        <translation>Breite zu Höhe</translation>
    </message>
    <message>
        <source>Shadow left over</source>
        <translation>Rest vom Schatten</translation>
    </message>
    <message>
        <source>Strength of the shadow</source>
        <translation>Stärke des Schattens</translation>
    </message>
    <message>
        <source>Small holes</source>
        <translation>Kleine Löcher</translation>
    </message>
    <message>
        <source>Highlights and reflections</source>
        <translation>Glanzlichter und Spiegelungen</translation>
    </message>
    <message>
        <source>Product in the photo</source>
        <translation>Produkt im Foto</translation>
    </message>
    <message>
        <source>Texture inside</source>
        <translation>Struktur im Inneren</translation>
    </message>
    <message>
        <source>Leaning</source>
        <translation>Neigung</translation>
    </message>
    <message>
        <source>Touches the frame</source>
        <translation>Berührt den Rahmen</translation>
    </message>
    <message>
        <source>See-through parts</source>
        <translation>Durchsichtige Teile</translation>
    </message>
    <message>
        <source>16 bits without a profile</source>
        <translation>16 Bit ohne Profil</translation>
    </message>
    <message>
        <source>Unsure outline</source>
        <translation>Unsicherer Umriss</translation>
    </message>
    <message>
        <source>Faint remains</source>
        <translation>Schwache Reste</translation>
    </message>
    <message>
        <source>No colour profile</source>
        <translation>Kein Farbprofil</translation>
    </message>
    <message>
        <source>Border exactly white</source>
        <translation>Rand genau weiß</translation>
    </message>
    <message>
        <source>Number of products</source>
        <translation>Anzahl der Produkte</translation>
    </message>
    <message>
        <source>Free of the frame&apos;s edge</source>
        <translation>Frei vom Rand</translation>
    </message>
    <message>
        <source>Large enough</source>
        <translation>Groß genug</translation>
    </message>
    <message>
        <source>Click to see where; . and , go through all places</source>
        <translation>Klicken zeigt, wo; . und , gehen alle Stellen durch</translation>
    </message>
    <message>
        <source>Good to know; it keeps nothing from being approved</source>
        <translation>Gut zu wissen; es verhindert keine Freigabe</translation>
    </message>
    <message>
        <source>A person has to look at this</source>
        <translation>Das muss ein Mensch ansehen</translation>
    </message>
    <message>
        <source>Click to see where along the outline</source>
        <translation>Klick zeigt, wo am Umriss</translation>
    </message>
    <message>
        <source>Click to see what it was measured on</source>
        <translation>Klicken zeigt, woran gemessen wurde</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>Made by hand from this draft: {why}</source>
        <translation>Von Hand aus diesem Entwurf: {why}</translation>
    </message>
    <message>
        <source>Made by hand from this draft</source>
        <translation>Von Hand aus diesem Entwurf</translation>
    </message>
    <message>
        <source>Approved once; a senior who did not approve it signs it off</source>
        <translation>Einmal freigegeben; ein Senior, der es nicht freigab, nimmt es ab</translation>
    </message>
    <message>
        <source>Needs your eyes: </source>
        <translation>Bitte ansehen: </translation>
    </message>
    <message>
        <source>the score is {score}</source>
        <translation>{score} Punkte</translation>
    </message>
    <message>
        <source>a part could not be measured</source>
        <translation>ein Teil war nicht messbar</translation>
    </message>
    <message>
        <source>All batches</source>
        <translation>Alle Stapel</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Ordner beobachten …</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Bearbeiter</translation>
    </message>
    <message>
        <source>Senior</source>
        <translation>Senior</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>The batch that is shown</source>
        <translation>Der gezeigte Stapel</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Stop the line; it can be continued at any time</source>
        <translation>Die Verarbeitung anhalten; sie kann jederzeit weiterlaufen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Process what is still waiting</source>
        <translation>Bearbeiten, was noch wartet</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Your name, as it stands with every decision</source>
        <translation>Ihr Name, wie er bei jeder Entscheidung steht</translation>
    </message>
    <message>
        <source>Your role</source>
        <translation>Ihre Rolle</translation>
    </message>
    <message>
        <source>A senior signs off what somebody else approved</source>
        <translation>Ein Senior nimmt ab, was jemand anderes freigab</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Menu: settings, help, logs</source>
        <translation>Menü: Einstellungen, Hilfe, Protokolle</translation>
    </message>
    <message>
        <source>Take in and process what a camera or a client drops into a folder</source>
        <translation>Aufnehmen und bearbeiten, was Kamera oder Kunde in einen Ordner legen</translation>
    </message>
    <message>
        <source>Watching {name}</source>
        <translation>{name} beobachtet</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Rad</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Am Zeiger zoomen</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Bild verschieben</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>Fit or 1:1</source>
        <translation>Einpassen oder 1:1</translation>
    </message>
    <message>
        <source>Click on a finding</source>
        <translation>Klick auf einen Befund</translation>
    </message>
    <message>
        <source>Outline where it was seen; Esc ends it</source>
        <translation>Umrahmen, wo er gesehen wurde; Esc beendet</translation>
    </message>
    <message>
        <source>Reason, after reject or redo</source>
        <translation>Grund, nach Ablehnen oder Nacharbeit</translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation>Zeiger</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>Esc schließt</translation>
    </message>
    <message>
        <source>JPEG, PNG, WebP, TIFF, HEIC and camera raw. The originals are copied and never changed.</source>
        <translation>JPEG, PNG, WebP, TIFF, HEIC und Kamera-Rohdaten. Die Originale werden kopiert und nie verändert.</translation>
    </message>
    <message>
        <source>Reading your photos</source>
        <translation>Ihre Fotos werden gelesen</translation>
    </message>
    <message>
        <source>Drop a folder of product photos here</source>
        <translation>Ziehen Sie einen Ordner mit Produktfotos hierher</translation>
    </message>
    <message>
        <source>Nothing matches “{text}”</source>
        <translation>Nichts passt zu „{text}“</translation>
    </message>
    <message>
        <source>Esc in the search field shows the list again.</source>
        <translation>Esc im Suchfeld zeigt die Liste wieder.</translation>
    </message>
    <message>
        <source>The line is at work</source>
        <translation>Die Verarbeitung läuft</translation>
    </message>
    <message>
        <source>Images appear here as soon as they wait for you.</source>
        <translation>Bilder erscheinen hier, sobald sie auf Sie warten.</translation>
    </message>
    <message>
        <source>Nothing in “{list}”</source>
        <translation>Nichts in „{list}“</translation>
    </message>
    <message>
        <source>to review</source>
        <translation>zu prüfen</translation>
    </message>
    <message>
        <source>to edit</source>
        <translation>zu bearbeiten</translation>
    </message>
    <message>
        <source>to redo</source>
        <translation>nachzuarbeiten</translation>
    </message>
    <message>
        <source>to sign off</source>
        <translation>abzunehmen</translation>
    </message>
    <message>
        <source>Nothing in this batch waits for a person.</source>
        <translation>In diesem Stapel wartet nichts auf einen Menschen.</translation>
    </message>
    <message>
        <source>Still waiting: {lists}. Choose a list on the left.</source>
        <translation>Noch offen: {lists}. Wählen Sie links eine Liste.</translation>
    </message>
    <message>
        <source>The line gave no reason.</source>
        <translation>Die Verarbeitung nannte keinen Grund.</translation>
    </message>
    <message>
        <source>This file cannot be used</source>
        <translation>Diese Datei ist unbrauchbar</translation>
    </message>
    <message>
        <source>This image failed</source>
        <translation>Dieses Bild ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Nothing was marked on this image: no gate, flag or reading names a place.</source>
        <translation>Auf diesem Bild ist nichts markiert: keine Prüfung, kein Hinweis, kein Messwert nennt eine Stelle.</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>Alle Gruppen</translation>
    </message>
    <message>
        <source>Shoot group</source>
        <translation>Aufnahmegruppe</translation>
    </message>
    <message>
        <source>Show one shoot group: one camera, light and backdrop</source>
        <translation>Eine Aufnahmegruppe zeigen: eine Kamera, ein Licht, ein Hintergrund</translation>
    </message>
    <message>
        <source>Show the list “{list}”</source>
        <translation>Liste „{list}“ zeigen</translation>
    </message>
    <message>
        <source>Show all images</source>
        <translation>Alle Bilder zeigen</translation>
    </message>
    <message>
        <source>File or SKU</source>
        <translation>Datei oder SKU</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>How white the background is</source>
        <translation>Wie weiß der Hintergrund ist</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>Softness, halo and smoothness of the outline</source>
        <translation>Weichheit, Saum und Glätte des Umrisses</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <source>How much of the frame the product fills, and whether it stands in the middle</source>
        <translation>Wie viel vom Rahmen das Produkt füllt, und ob es mittig steht</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>How close the product&apos;s colours are to the original&apos;s</source>
        <translation>Wie nah die Farben des Produkts am Original sind</translation>
    </message>
    <message>
        <source>Click to see every pixel that is not exactly white</source>
        <translation>Klicken zeigt jedes Pixel, das nicht genau weiß ist</translation>
    </message>
    <message>
        <source>Click to see the ring around the outline</source>
        <translation>Klicken zeigt den Ring um den Umriss</translation>
    </message>
    <message>
        <source>Click to see where colours moved</source>
        <translation>Klicken zeigt, wo sich Farben verschoben haben</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Erstellt von</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Readings</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Why simple</source>
        <translation>Warum einfach</translation>
    </message>
    <message>
        <source>Why medium</source>
        <translation>Warum mittel</translation>
    </message>
    <message>
        <source>Why complex</source>
        <translation>Warum schwierig</translation>
    </message>
    <message>
        <source>approve</source>
        <translation>freigeben</translation>
    </message>
    <message>
        <source>review</source>
        <translation>prüfen</translation>
    </message>
    <message>
        <source>redo</source>
        <translation>nacharbeiten</translation>
    </message>
    <message>
        <source>Points of 100: the four parts below, added up over what could be measured</source>
        <translation>Punkte von 100: die vier Teile darunter, summiert über alles Messbare</translation>
    </message>
    <message>
        <source>{part}; 25 points are full marks</source>
        <translation>{part}; 25 Punkte sind die volle Zahl</translation>
    </message>
    <message>
        <source>Open or close</source>
        <translation>Auf- oder zuklappen</translation>
    </message>
    <message>
        <source>All gates passed</source>
        <translation>Alle Prüfungen bestanden</translation>
    </message>
    <message>
        <source>The gate passed</source>
        <translation>Die Prüfung ist bestanden</translation>
    </message>
    <message>
        <source>score says</source>
        <translation>Bewertung:</translation>
    </message>
    <message>
        <source>The image stays after a decision.</source>
        <translation>Das Bild bleibt nach einer Entscheidung.</translation>
    </message>
    <message>
        <source>A decision goes on to the next image.</source>
        <translation>Eine Entscheidung geht zum nächsten Bild.</translation>
    </message>
    <message>
        <source>This picture cannot be shown</source>
        <translation>Dieses Bild kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>Zoom and place stay for the next image.</source>
        <translation>Zoom und Stelle bleiben fürs nächste Bild.</translation>
    </message>
    <message>
        <source>Every image is shown whole first.</source>
        <translation>Jedes Bild wird erst ganz gezeigt.</translation>
    </message>
    <message>
        <source>Watch a folder for new product photos</source>
        <translation>Einen Ordner auf neue Produktfotos beobachten</translation>
    </message>
    <message>
        <source>Sent back</source>
        <translation>Zur Nacharbeit</translation>
    </message>
    <message>
        <source>Signed off</source>
        <translation>Abgenommen</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>simple</source>
        <translation>einfach</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>complex</source>
        <translation>schwierig</translation>
    </message>
    <message>
        <source>a simple product</source>
        <translation>ein einfaches Produkt</translation>
    </message>
    <message>
        <source>a medium product</source>
        <translation>ein mittleres Produkt</translation>
    </message>
    <message>
        <source>a complex product</source>
        <translation>ein schwieriges Produkt</translation>
    </message>
    <message>
        <source>glossy</source>
        <translation>glänzend</translation>
    </message>
    <message>
        <source>matte</source>
        <translation>matt</translation>
    </message>
    <message>
        <source>fabric</source>
        <translation>Stoff</translation>
    </message>
    <message>
        <source>see-through</source>
        <translation>durchsichtig</translation>
    </message>
    <message>
        <source>a screenshot</source>
        <translation>ein Bildschirmfoto</translation>
    </message>
    <message>
        <source>a scan</source>
        <translation>ein Scan</translation>
    </message>
    <message>
        <source>{rate} per minute</source>
        <translation>{rate} je Minute</translation>
    </message>
    <message>
        <source>{rate} per hour</source>
        <translation>{rate} je Stunde</translation>
    </message>
    <message>
        <source>Reading {done} of {total} files</source>
        <translation>Lese {done} von {total} Dateien</translation>
    </message>
    <message>
        <source>Reading the folder</source>
        <translation>Der Ordner wird gelesen</translation>
    </message>
    <message>
        <source>Stopping after the images at work</source>
        <translation>Hält nach den laufenden Bildern an</translation>
    </message>
    <message>
        <source>Starting the line</source>
        <translation>Die Verarbeitung beginnt</translation>
    </message>
    <message>
        <source>shadow as a layer of its own</source>
        <translation>Schatten als eigene Ebene</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{done} by {person}, {at}</source>
        <translation>{done} von {person}, {at}</translation>
    </message>
    <message>
        <source>Not processed yet</source>
        <translation>Noch nicht bearbeitet</translation>
    </message>
    <message>
        <source>unknown engine</source>
        <translation>unbekanntes Verfahren</translation>
    </message>
    <message>
        <source>the line</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>{engine}, by {maker} in {seconds} s, version {version}, settings {settings}</source>
        <translation>{engine}, {maker} in {seconds} s, Version {version}, Einstellungen {settings}</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>Original and result</source>
        <translation>Original und Ergebnis</translation>
    </message>
    <message>
        <source>FINISHED FILE</source>
        <translation>FERTIGE DATEI</translation>
    </message>
    <message>
        <source>Original  |  Result</source>
        <translation>Original  |  Ergebnis</translation>
    </message>
    <message>
        <source>Original {share} over result</source>
        <translation>Original {share} über Ergebnis</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>small copy, loading the file</source>
        <translation>kleine Kopie, Datei lädt</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Queue as a grid</source>
        <translation>Liste als Raster</translation>
    </message>
    <message>
        <source>Esc goes back</source>
        <translation>Esc geht zurück</translation>
    </message>
    <message>
        <source>Add a note with Tab, then choose a reason</source>
        <translation>Mit Tab eine Notiz, dann einen Grund wählen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>No reason has the key {key} here; these have one: {keys}</source>
        <translation>Auf {key} liegt hier kein Grund; belegt sind {keys}</translation>
    </message>
    <message>
        <source>Open at {name}</source>
        <translation>Offen bei {name}</translation>
    </message>
    <message>
        <source>Twelve results at once</source>
        <translation>Zwölf Ergebnisse auf einmal</translation>
    </message>
    <message>
        <source>{file} as it decodes, rules of {platform}</source>
        <translation>{file}, dekodiert, Regeln von {platform}</translation>
    </message>
    <message>
        <source>original {values}</source>
        <translation>Original {values}</translation>
    </message>
    <message>
        <source>result {values}</source>
        <translation>Ergebnis {values}</translation>
    </message>
    <message>
        <source>ΔE00 to white {value}</source>
        <translation>ΔE00 zu Weiß {value}</translation>
    </message>
    <message>
        <source>mask {share}</source>
        <translation>Maske {share}</translation>
    </message>
</context>
</TS>

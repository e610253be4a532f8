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
      <source>Apply a model…</source>
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
      <source>Makes up an image with the bands and values that the model reads, maps it several times as it would any other, and tells how many megapixels that are in a second and how much memory the worker held.

Beside it the bare network runs on one tile that is there already. SHARE is the pixels that the network computes in a second while mapping, divided by those of the bare network: what is missing to 1 goes into reading, writing and what else there is to do.

To see what a setting does, run it twice. While other programs are busy the figures say little; larger images tell more.</source>
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
      <source>Figures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON files (*.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All figures, with what the network ran on and the tiles that were chosen.</source>
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
      <source>Name of the model, for MODEL</source>
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
      <source>Tells what is known of a model: the bands and the pixel size that it reads, the classes that it predicts, what it was trained on, how well it did on places it had not seen, and its licence.

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
      <source>Makes a variant of a model that runs two to three times as fast on the processor, with a file that is a quarter of the size where it is made for int8.

int8 computes with integers of 8 bits; it runs everywhere. bf16 computes with numbers of 16 bits; it needs a processor that knows them and OpenVINO, which “Set up environment” installs.

Give images like those that you will map. Tiles are cut from all over them: half of them set the ranges of the integers, the others test the result. With rasters of true classes (labels), the loss is the difference in mean IoU between model and variant. Without, it is what their maps disagree in, as mean IoU against the fp32 map, which is more than the loss in accuracy. For models of values it is the relative error in per cent (RMSE over standard deviation).

If the variant loses more than “Largest loss”, nothing is written. First and last layer of the network are left as they are where that saves it.

Use the variant as MODEL_FILE. With PRECISION = auto it runs at the precision it was made for.</source>
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
      <source>ONNX files (*.onnx)</source>
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
      <source>OUTPUT is {path}; it must be a name that ends in .onnx.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{layer} is not a file but a layer that {provider} draws. Save it as a GeoTIFF first.</source>
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
      <source>run: applying models. learn: that, and training them.</source>
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
      <source>For networks that see the whole tile, whose tiles are blended; others have exact seams without it. Not set: as the model says.</source>
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
      <source>There is no input raster. Choose at least one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {folder} holds no raster ({endings}). Choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} is {path}, which QGIS cannot open as a vector layer. Check the path, or choose another layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be read: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No result is asked for. Choose at least one output, for example OUTPUT.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DEVICE is {found}; it must be auto, cpu, cuda:0 (and so on), directml or coreml.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no model file {path}. Check MODEL_FILE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MODEL_FILE is {path}; it must be a network in ONNX form (.onnx).</source>
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
      <source>{name} should go to the folder {folder}, which does not exist. Create it or choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} should go to the folder {folder}, which you may not write to. Choose another.</source>
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
      <source>Images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One raster, or several of the same kind that are taken as a mosaic; where they overlap, the earlier one shows. A folder stands for all rasters in it. Layers of a map server work too, within an extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For models with several inputs: the model's input of this number. It is brought to the grid of the first. “Show model information” tells what each input is.</source>
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
      <source>Extent</source>
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
      <source>input: the results lie on the pixels of the first image. model: they stay at the resolution that the model works at.</source>
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
      <source>auto: what the model was made for. bf16 is faster on processors that have it; int8 needs a model from “Optimise a model”.</source>
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
      <source>Report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>HTML files (*.html)</source>
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
      <source>the strips have another number of rows than the areas</source>
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
      <source>{parameter} names input {found}; this model has {count}, counted from 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster holds numbers of palette colours, not measurements. Turn it into red, green and blue bands first (GDAL: PCT to RGB).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model expects {expected} bands ({names}); the layer has {found}. Choose another layer or map the bands, for example BANDS = {example}</source>
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
      <source>a segmentation without classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name}: {hectares:.2f} ha, {percent:.1f} %</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The class map consists of {areas} separate areas; joining or tracing them takes about {needed:.0f} GB of memory. If that is more than there is, choose a smaller EXTENT, or leave out POLYGONS and set MIN_AREA to 0.</source>
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
      <source>{path} does not say what it is for. Its output {output} has the shape {found}. Set TASK to one of {known}.</source>
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
      <source>The network in {path} gives class numbers ({found}), not a score for each class. Export it without its last ArgMax.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ACTIVATION is {found}, but the network in {path} gives {channels} channels. A sigmoid is for one channel, a softmax for two and more; none is for networks that give probabilities.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} is a detector of the type {found}. Only {known} run here.</source>
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
      <source>The network in {path} takes tiles of {rows} x {cols} px. Only square tiles, or any size, can be given; export it so.</source>
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
      <source>{path} has a card of Terraloom, which says this itself. Leave {parameters} empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} has ground control points but is not rectified. Warp it first (GDAL: Warp projections).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Some inputs have a coordinate reference system and some have none. Assign the missing ones.</source>
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
      <source>The extent lies outside the input. Choose one that overlaps it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model {title} ({model}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The network turned a tile of {rows} x {cols} px into an array of shape {found}; its card promises {channels} channels of {expected_rows} x {expected_cols} px. Import it again, with the right card.</source>
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
      <source>{model} is a model for {task}: it gives {result} only. Ask for that and leave the other outputs empty.</source>
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
      <source>{path} is larger than 2 GB with its weights, too large for one ONNX file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model}: {title}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} tiles were cut from the images; half of them are kept to test with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is a model for {task} with {inputs} inputs. Only segmentation and regression of one image can be optimised in this version.</source>
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
      <source>At {precision} the model loses {loss:.2f} {measure}, more than MAX_LOSS = {limit:g}. Nothing was written. Choose another PRECISION, raise MAX_LOSS, or give images that are more like those it was trained on, with LABELS if there are any.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The interrupted run for {name} had another model, other inputs or other parameters. Run it again with those to resume it, or set RESUME to false to start anew.</source>
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
      <source>Band {band} of the model card has no positive standard deviation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input {name} of the model card has its axes in the order {found}; it must be one of {known}.</source>
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
      <source>The detection thresholds of the model card must lie between 0 and 1.</source>
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
      <source>value_scaling must be one z-score per band</source>
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
      <source>There is a model {model} already. Choose another NAME, or remove {folder} first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model cannot be written to {folder}: {reason}. Close programs that use it, or set TERRALOOM_HOME to a folder that you may write to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MAX_MEMORY_MB leaves no room for tiles: this model needs about {needed} MB more. Raise it.</source>
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
      <source>{name} could not be written: {reason}. Is the disk full?</source>
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
      <source>{path} was changed or deleted while it was being read. The result was discarded; start again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be opened as a raster: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds complex values. Compute amplitude or intensity from it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be read: {reason}. The file may be damaged, changed or deleted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} holds {bands} ({type}), and {first} holds {first_bands} ({first_type}). Rasters of one mosaic must be alike.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} must be brought to another pixel size or coordinate system, but it has 64-bit integers or different nodata values in its bands. Convert it first (GDAL: Translate).</source>
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
      <source>The network's output has {rows} input pixels per row and {columns} per column; they must be the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>BANDS gives band {band} the value {found}; it takes the number of a raster band, from 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SCALE gives band {band} the value {found}; it takes a factor, or factor,offset.</source>
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
      <source>RESOLUTION is {found}; it is a pixel size in metres, 0 for any.</source>
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
      <source>{parameter} is {found}; it must be one of {known}.</source>
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
      <source>FILE is empty. Choose a network in ONNX form (.onnx).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>NAME is {found}; it needs at least one letter or digit.</source>
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
      <source>There is no image to calibrate with. Choose at least one in CALIBRATION.</source>
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
      <source>MIN_AREA and SMOOTH cannot be negative; 0 leaves the result as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The images hold too little data: at least two tiles of {side} x {side} px are needed. Choose larger ones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be brought onto the image: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SCALE names band {band} of input {input}, where the model has {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The values lie between {found_low:.4g} and {found_high:.4g}; the model expects {low:g} to {high:g}. If they are right as they are, set SCALE to *=1; if not, say how they become that, for example SCALE = {scale}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} reads {expected} inputs ({names}); {found} are given. INPUT is the first, INPUT_2 the second, and so on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input {number} ({name}) does not overlap the area of the first. Choose rasters of one place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SEAMS is exact, but what {model} says of a pixel depends on its whole tile ({reason}). Set SEAMS to auto or blend.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tiles of {size} px take about {needed} MB, but MAX_MEMORY_MB leaves {room}. Raise it, or set TILE_SIZE to 0 where the network allows other sizes.</source>
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
      <source>The image is warped to pixels of {resolution:.3g} m for the model ({crs}), {width} x {height}.</source>
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
      <source>{model} is a model for {task}{sizes}, where {parameters} would do nothing. Leave that as it was.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{model} is a model for {task}; here run models for {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an image that holds nothing</source>
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
      <source>{name} has an ending that cannot be written. Choose one of {known}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only a part of it was stored</source>
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
      <source>Memory ran out: {reason}. Choose a smaller TILE_SIZE or extent, leave out polygons, or close other programs.</source>
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
      <source>An unexpected fault, which is worth reporting: {type}: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A part of Terraloom's environment cannot be loaded. Run "Set up environment" with REPAIR. The worker's last words:
{last_words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The worker was killed, most likely because memory ran out. Choose a smaller TILE_SIZE or extent, leave out polygons, or close other programs. Its last words:
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
      <source>{path} is an input. Choose another name for the result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The result {path} would replace {file}, which belongs to the input {source}. Choose another name for the result.</source>
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
      <source>{path} cannot be written: {reason}. Choose a folder that exists and that you may write to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{path} cannot be replaced: {reason}. Close the program that has it open or choose another name.</source>
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
  </context>
</TS>
